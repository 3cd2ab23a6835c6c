import type { Watched } from './default-alerts';
import type { Airflow } from './platform';
import type { Scope } from './scope';
import type { UptimeCheck } from './types/operations';

/**
 * A check of every Airflow that people reach by a name, at the page that says whether it is well. Behind
 * Identity-Aware Proxy only the way to its sign-in can be seen from outside, and nothing of what is let in internally.
 */
export function defaultUptime(
  { problems, config }: Scope,
  { prefix }: Watched,
  airflow: readonly Airflow[],
  declared: readonly UptimeCheck[],
  channels: readonly string[],
): UptimeCheck[] {
  if (config.ingress?.scope === 'internal') return [];
  const iap = config.ingress === undefined ? config.iap !== undefined : config.ingress.iap;
  return airflow.flatMap(({ key: instance, host, release, origin }) => {
    if (host === null || declared.some((check) => check.host === host)) return [];
    const key = `airflow-${instance}`;
    const same = declared.find((check) => check.key === key);
    if (same !== undefined) {
      problems.add({
        path: same.origin,
        at: 'key',
        message: `the check '${key}' is the one that the Airflow '${instance}' gets by its host`,
        found: key,
        allowed: 'a name of its own, or the same host, which replaces that one',
        fix: `choose another name, or write host: ${host}`,
      });
    }
    const path = release === '2.11' ? '/health' : '/api/v2/monitor/health';
    return [
      {
        key,
        displayName: `${prefix}: ${key}`,
        host,
        path,
        periodSeconds: 300,
        timeoutSeconds: 10,
        statuses: iap ? [302] : [],
        severity: 'ERROR',
        channels,
        origin: [...origin, 'host'],
      },
    ];
  });
}
