import type { Construct } from 'constructs';
import {
  addressPart,
  AlertPolicy,
  AuditConfig,
  BillingBudget,
  LogExclusion,
  LogMetric,
  LogSink,
  NotificationChannel,
  PlatformDashboard,
  UptimeCheck,
} from '../src/google';
import { encryptionKey, type LogSink as Sink, type Platform } from '../src/model';
import { literal, literals } from './literal';
import { setOrigin } from './origin';
import { PlatformStack } from './platform-stack';

/** What tells people how the platform is: logs, alerts, a dashboard and a budget. Nothing else needs it. */
export class OperationsStack extends PlatformStack {
  constructor(scope: Construct, platform: Platform) {
    super(scope, 'operations', platform);
    this.addLogging();
    const channels = this.addChannels();
    this.addAlerts(channels);
    this.addDashboard();
    this.addBudget(channels);
  }

  private addLogging(): void {
    const { project, labels, operations } = this.platform;
    const sinks = this.group('sinks');
    for (const sink of operations.sinks) {
      setOrigin(
        new LogSink(sinks, sink.key, {
          project,
          labels,
          name: sink.name,
          filter: literal(sink.filter),
          destination: this.destinationOf(sink),
        }),
        sink,
      );
    }
    const metrics = this.group('metrics');
    for (const metric of operations.metrics) {
      const { key, value, name } = metric;
      setOrigin(
        new LogMetric(metrics, key, {
          project,
          name,
          filter: literal(metric.filter),
          description: literal(metric.description),
          labels: literals(metric.labels),
          ...(value === null ? {} : { value: literal(value) }),
        }),
        metric,
      );
    }
    const exclusions = this.group('exclusions');
    for (const exclusion of operations.exclusions) {
      const { key, name } = exclusion;
      const filter = literal(exclusion.filter);
      const description = literal(exclusion.description);
      setOrigin(new LogExclusion(exclusions, key, { project, name, filter, description }), exclusion);
    }
    const audits = this.group('audit-logs');
    for (const audit of operations.auditLogs) {
      const id = addressPart(audit.service.replace(/\.googleapis\.com$/, ''));
      const { service, exempt } = audit;
      setOrigin(new AuditConfig(audits, id, { project, service, exemptedMembers: exempt }), audit);
    }
  }

  private destinationOf({ destination }: Sink) {
    if (destination.kind !== 'dataset') return destination;
    const { region } = this.platform;
    const kmsKey = encryptionKey(this.platform, 'datasets', region);
    return { ...destination, location: region, ...(kmsKey === undefined ? {} : { kmsKey }) };
  }

  /** Full names of the channels by key: of those that people made, and of those that are made here. */
  private addChannels(): ReadonlyMap<string, string> {
    const { project, labels, prefix, operations } = this.platform;
    const scope = this.group('channels');
    return new Map(
      operations.channels.map((channel) => {
        const { key, email, existing } = channel;
        if (email === null) return [key, existing ?? ''];
        const made = setOrigin(
          new NotificationChannel(scope, key, { project, labels, displayName: `${prefix}: ${key}`, email }),
          channel,
        );
        return [key, made.channel.id];
      }),
    );
  }

  private addAlerts(channels: ReadonlyMap<string, string>): void {
    const { project, labels, operations } = this.platform;
    const alerts = this.group('alerts');
    for (const alert of operations.alerts) {
      const { key, displayName, condition, severity, summary, team } = alert;
      setOrigin(
        new AlertPolicy(alerts, key, {
          project,
          labels: { ...labels, ...(team === null ? {} : { team }) },
          displayName,
          condition:
            condition.kind === 'log'
              ? { ...condition, filter: literal(condition.filter) }
              : { ...condition, query: literal(condition.query) },
          severity,
          summary: literal(summary),
          channels: named(alert.channels, channels),
        }),
        alert,
      );
    }
    const checks = this.group('uptime');
    for (const check of operations.uptime) {
      const { key, displayName, host, path, periodSeconds, timeoutSeconds, statuses, severity } = check;
      setOrigin(
        new UptimeCheck(checks, key, {
          project,
          labels,
          displayName,
          host,
          path: literal(path),
          periodSeconds,
          timeoutSeconds,
          statuses,
          severity,
          channels: named(check.channels, channels),
        }),
        check,
      );
    }
  }

  private addDashboard(): void {
    const { project, operations } = this.platform;
    const { dashboard } = operations;
    if (dashboard === null) return;
    const { displayName, clusters, databases, charts } = dashboard;
    setOrigin(
      new PlatformDashboard(this.group('dashboards'), 'platform', {
        project,
        displayName,
        clusters,
        databases,
        charts: charts.map(({ title, query }) => ({ title, query: literal(query) })),
      }),
      dashboard,
    );
  }

  private addBudget(channels: ReadonlyMap<string, string>): void {
    const { budget } = this.platform.operations;
    if (budget === null) return;
    const { displayName, billingAccount, projectNumber, monthlyAmount, currency, thresholds } = budget;
    setOrigin(
      new BillingBudget(this.group('budgets'), 'platform', {
        displayName,
        billingAccount,
        projectNumber,
        monthlyAmount,
        currency,
        thresholds,
        channels: named(budget.channels, channels),
      }),
      budget,
    );
  }
}

function named(keys: readonly string[], channels: ReadonlyMap<string, string>): string[] {
  return keys.flatMap((key) => channels.get(key) ?? []);
}
