import type { Originated } from './originated';

/** What tells people how the platform is. */
export interface Operations {
  readonly sinks: readonly LogSink[];
  readonly metrics: readonly LogMetric[];
  readonly exclusions: readonly LogExclusion[];
  readonly auditLogs: readonly AuditLog[];
  readonly channels: readonly NotificationChannel[];
  readonly alerts: readonly Alert[];
  readonly uptime: readonly UptimeCheck[];
  readonly dashboard: Dashboard | null;
  readonly prometheus: Prometheus;
  readonly budget: Budget | null;
}

export interface LogSink extends Originated {
  readonly key: string;
  readonly name: string;
  readonly filter: string;
  readonly destination:
    | { readonly kind: 'bucket'; readonly name: string }
    | { readonly kind: 'topic'; readonly id: string }
    | { readonly kind: 'dataset'; readonly name: string; readonly retentionDays: number };
}

export interface LogMetric extends Originated {
  readonly key: string;
  readonly name: string;
  readonly filter: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What the number is taken from; null where entries are counted. */
  readonly value: string | null;
}

export interface LogExclusion extends Originated {
  readonly key: string;
  readonly name: string;
  readonly filter: string;
  readonly description: string;
}

/** Data access logs of one service. */
export interface AuditLog extends Originated {
  readonly service: string;
  readonly exempt: readonly string[];
}

export interface NotificationChannel extends Originated {
  readonly key: string;
  /** The address of one that the platform makes; null for one that a person made. */
  readonly email: string | null;
  /** `projects/P/notificationChannels/N` of one that a person made. */
  readonly existing: string | null;
}

export type Severity = 'CRITICAL' | 'ERROR' | 'WARNING';

export interface Alert extends Originated {
  readonly key: string;
  readonly displayName: string;
  readonly condition:
    | { readonly kind: 'promql'; readonly query: string; readonly durationSeconds: number }
    | { readonly kind: 'log'; readonly filter: string };
  readonly severity: Severity;
  readonly team: string | null;
  readonly summary: string;
  /** Keys of channels. */
  readonly channels: readonly string[];
}

export interface UptimeCheck extends Originated {
  readonly key: string;
  readonly displayName: string;
  readonly host: string;
  readonly path: string;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  /** Statuses that are right; empty for 200 to 299. */
  readonly statuses: readonly number[];
  readonly severity: Severity;
  /** Keys of channels. */
  readonly channels: readonly string[];
}

export interface Dashboard extends Originated {
  readonly displayName: string;
  /** Names of the clusters. */
  readonly clusters: readonly string[];
  /** `PROJECT:INSTANCE` of the databases, as metrics name them. */
  readonly databases: readonly string[];
  /** Charts of what Managed Service for Prometheus reads. */
  readonly charts: readonly DashboardChart[];
}

export interface Budget extends Originated {
  readonly displayName: string;
  readonly billingAccount: string;
  readonly projectNumber: string;
  readonly monthlyAmount: number;
  readonly currency: string;
  readonly thresholds: readonly number[];
  /** Keys of channels; empty for those who administer the billing account. */
  readonly channels: readonly string[];
}

/** What reads metrics in the clusters, and what it judges by them. */
export interface Prometheus {
  readonly collector: MetricsCollector;
  readonly rules: readonly MetricRule[];
  /** Charts of each Airflow that sends metrics to it. */
  readonly dashboards: readonly AirflowDashboard[];
}

/** Charts of one Airflow. */
export interface AirflowDashboard extends Originated {
  /** Key of the Airflow. */
  readonly airflow: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly charts: readonly DashboardChart[];
}

/** A chart of a dashboard. */
export interface DashboardChart {
  readonly title: string;
  /** PromQL. */
  readonly query: string;
  /** What a line is called, in Grafana's form. */
  readonly legend: string;
}

export type MetricsCollector =
  /** Managed Service for Prometheus. */
  | { readonly kind: 'managed' }
  /** The Prometheus operator: where its Prometheus runs, and by which labels that finds what it is to read. */
  | {
      readonly kind: 'operator';
      readonly namespace: string;
      readonly labels: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'none' };

/** An alert that Prometheus judges in the cluster. */
export interface MetricRule extends Originated {
  /** Name of the alert. */
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly expr: string;
  /** A duration of Prometheus, such as `10m`. */
  readonly for: string;
  readonly severity: string;
  readonly team: string | null;
  readonly summary: string;
}
