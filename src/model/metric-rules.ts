import { airflowCharts } from './airflow-charts';
import { airflowRules } from './airflow-rules';
import type { Airflow } from './platform';
import { clusterOf, compare, type Scope, sortedEntries } from './scope';
import type { AirflowDashboard, MetricRule, MetricsCollector, Prometheus } from './types/operations';
import { resolveNamespace } from './workloads';

/** What reads metrics in the clusters, and the rules that it judges: those of every Airflow with metrics, and declared ones. */
export function resolveMetricRules(scope: Scope, airflow: readonly Airflow[]): Prometheus {
  const { monitoring } = scope.config;
  if (monitoring === undefined) return { collector: { kind: 'managed' }, rules: [], dashboards: [] };
  const collector = collectorOf(monitoring.prometheus);
  const team = monitoring.team ?? null;
  const isJudged = collector.kind !== 'none';
  const defaults = monitoring.defaults && isJudged ? airflow.flatMap((one) => airflowRules(one, team)) : [];
  const declared = sortedEntries(monitoring.rules).map(([key, rule]): MetricRule => {
    const origin = ['monitoring', 'rules', key];
    if (defaults.some((one) => one.key === key)) {
      scope.problems.add({
        path: origin,
        at: 'key',
        message: `the rule '${key}' is one of those that every Airflow with metrics gets`,
        found: key,
        allowed: 'a name of its own',
        fix: 'choose another name, or write defaults: false and declare all of them yourself',
      });
    }
    const namespace = resolveNamespace(scope, rule.namespace, origin);
    return {
      key,
      cluster: clusterOf(scope, namespace),
      namespace,
      expr: rule.expr,
      for: rule.for,
      severity: rule.severity,
      team: rule.team ?? team,
      summary: rule.summary,
      origin,
    };
  });
  if (!isJudged && declared.length > 0) {
    scope.problems.add({
      path: ['monitoring', 'rules'],
      message: 'with prometheus: none, nothing judges rules',
      allowed: 'no rules, or a Prometheus',
      fix: 'remove prometheus: none to have the one of GKE, or write alerts, which Cloud Monitoring judges',
      dependsOn: [['monitoring', 'prometheus']],
    });
  }
  return {
    collector,
    rules: [...defaults, ...declared].sort((a, b) => compare(a.key, b.key)),
    dashboards: monitoring.dashboard && isJudged ? airflow.flatMap(dashboardOf) : [],
  };
}

function dashboardOf(airflow: Airflow): AirflowDashboard[] {
  const { key, cluster, namespace, origin } = airflow;
  const charts = airflowCharts(airflow);
  return charts.length === 0 ? [] : [{ airflow: key, cluster, namespace, charts, origin }];
}

function collectorOf(
  asked:
    | 'managed'
    | 'none'
    | {
        readonly operator: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> };
      },
): MetricsCollector {
  return typeof asked === 'string' ? { kind: asked } : { kind: 'operator', ...asked.operator };
}
