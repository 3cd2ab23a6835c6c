import type { ConfigPath } from '../config/problem';
import { defaultAlerts, type Watched } from './default-alerts';
import { defaultUptime } from './default-uptime';
import type { Airflow } from './platform';
import { compare, type Scope, sortedEntries } from './scope';
import type { Alert, Dashboard, NotificationChannel, Severity, UptimeCheck } from './types/operations';

/** How long an alert must hold where the configuration does not say. */
const defaultDuration = '5m';

/** Who is told, of what. */
export function resolveMonitoring(
  scope: Scope,
  watched: Watched,
  airflow: readonly Airflow[],
): {
  channels: NotificationChannel[];
  alerts: Alert[];
  uptime: UptimeCheck[];
  dashboard: Omit<Dashboard, 'charts'> | null;
} {
  const { monitoring } = scope.config;
  if (monitoring === undefined) return { channels: [], alerts: [], uptime: [], dashboard: null };
  const origin = ['monitoring'];
  const channels = sortedEntries(monitoring.channels).map(([key, channel]): NotificationChannel => ({
    key,
    email: channel.email ?? null,
    existing: channel.slack ?? channel.pagerduty ?? null,
    origin: [...origin, 'channels', key],
  }));
  const declared = new Map(channels.map((channel) => [channel.key, channel]));
  const told = (asked: readonly string[] | undefined, path: ConfigPath) => {
    asked?.forEach((key, i) =>
      scope.problems.reference([...path, i], key, 'channel', ['monitoring', 'channels'], declared),
    );
    return [...new Set(asked ?? declared.keys())].sort(compare);
  };
  const defaults = monitoring.defaults
    ? defaultAlerts(watched, told(undefined, origin), origin, monitoring.team ?? null)
    : [];
  const alerts = sortedEntries(monitoring.alerts).map(([key, alert]): Alert => {
    const path = [...origin, 'alerts', key];
    if (defaults.some((one) => one.key === key)) {
      scope.problems.add({
        path,
        at: 'key',
        message: `the alert '${key}' is one of those that every platform gets`,
        found: key,
        allowed: 'a name of its own',
        fix: 'choose another name, or write defaults: false and declare all of them yourself',
      });
    }
    return {
      key,
      displayName: `${watched.prefix}: ${key}`,
      condition:
        alert.log === undefined
          ? {
              kind: 'promql',
              query: alert.expr ?? '',
              durationSeconds: secondsOf(alert.for ?? defaultDuration),
            }
          : { kind: 'log', filter: alert.log },
      severity: alert.severity.toUpperCase() as Severity,
      team: alert.team ?? monitoring.team ?? null,
      summary: alert.summary,
      channels: told(alert.channels, [...path, 'channels']),
      origin: path,
    };
  });
  const declaredUptime = sortedEntries(monitoring.uptime).map(([key, check]): UptimeCheck => ({
    key,
    displayName: `${watched.prefix}: ${key}`,
    host: check.host,
    path: check.path,
    periodSeconds: check.periodSeconds,
    timeoutSeconds: check.timeoutSeconds,
    statuses: [...new Set(check.statuses ?? [])].sort((a, b) => a - b),
    severity: check.severity.toUpperCase() as Severity,
    channels: told(check.channels, [...origin, 'uptime', key, 'channels']),
    origin: [...origin, 'uptime', key],
  }));
  const uptime = [
    ...declaredUptime,
    ...(monitoring.defaults
      ? defaultUptime(scope, watched, airflow, declaredUptime, told(undefined, origin))
      : []),
  ].sort((a, b) => compare(a.key, b.key));
  return {
    channels,
    alerts: [...defaults, ...alerts].sort((a, b) => compare(a.key, b.key)),
    uptime,
    dashboard: monitoring.dashboard
      ? {
          displayName: watched.prefix,
          clusters: watched.clusters,
          databases: watched.databases.map((name) => `${watched.project}:${name}`),
          origin,
        }
      : null,
  };
}

function secondsOf(duration: string): number {
  return Number(duration.slice(0, -1)) * (duration.endsWith('h') ? 3600 : 60);
}
