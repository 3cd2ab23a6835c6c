import { resolveBudget } from './budget';
import { resolveLogging } from './logging';
import { resolveMetricRules } from './metric-rules';
import { resolveMonitoring } from './monitoring';
import type { Watched } from './default-alerts';
import type { Airflow } from './platform';
import type { Scope } from './scope';
import type { DashboardChart, Operations, Prometheus } from './types/operations';

/** What tells people how the platform is: logs, alerts, a dashboard and a budget. */
export function resolveOperations(
  scope: Scope,
  parts: {
    readonly airflow: readonly Airflow[];
    readonly clusters: readonly { readonly name: string }[];
    readonly databases: readonly { readonly name: string }[];
    readonly buckets: readonly { readonly key: string; readonly name: string }[];
    readonly topics: readonly { readonly key: string; readonly id: string }[];
  },
): Operations {
  const watched: Watched = {
    project: scope.config.google.project,
    prefix: scope.prefix,
    clusters: parts.clusters.map(({ name }) => name),
    databases: parts.databases.map(({ name }) => name),
  };
  const prometheus = resolveMetricRules(scope, parts.airflow);
  const monitoring = resolveMonitoring(scope, watched, parts.airflow);
  const channels = new Map(monitoring.channels.map((channel) => [channel.key, channel]));
  return {
    ...resolveLogging(scope, {
      buckets: new Map(parts.buckets.map((bucket) => [bucket.key, bucket])),
      topics: new Map(parts.topics.map((topic) => [topic.key, topic])),
    }),
    ...monitoring,
    dashboard:
      monitoring.dashboard === null ? null : { ...monitoring.dashboard, charts: seenByGoogle(prometheus) },
    prometheus,
    budget: resolveBudget(scope, channels),
  };
}

/** Cloud Monitoring sees only what Managed Service for Prometheus reads. */
function seenByGoogle({ collector, dashboards }: Prometheus): DashboardChart[] {
  return collector.kind === 'managed' ? dashboards.flatMap(({ charts }) => charts) : [];
}
