import type { Airflow } from './platform';
import type { MetricRule } from './types/operations';

type Draft = Pick<MetricRule, 'expr' | 'for' | 'severity' | 'summary'> & { readonly name: string };

/**
 * What is wrong with an Airflow, by what it says of itself. Metrics as of Airflow 2.11 to 3.3.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/metrics.html
 */
export function airflowRules(airflow: Airflow, team: string | null): MetricRule[] {
  const { key, cluster, namespace, metrics, origin } = airflow;
  if (metrics.kind !== 'statsd') return [];
  // The exporter's own labels would do with Google's Prometheus, which shows a rule its namespace only; others do not.
  const of = `{namespace="${namespace}",airflow="${key}"}`;
  return drafts(of).map(({ name, ...draft }) => ({
    ...draft,
    key: `airflow-${key}-${name}`,
    cluster,
    namespace,
    team,
    origin,
  }));
}

function drafts(of: string): Draft[] {
  return [
    {
      name: 'scheduler-silent',
      expr: silent(`airflow_scheduler_heartbeat${of}`),
      for: '5m',
      severity: 'critical',
      summary:
        'No scheduler has given a sign of life for ten minutes: nothing is started. `kubectl logs` of the scheduler says why; a database away is told there too.',
    },
    {
      name: 'triggerer-silent',
      expr: silent(`airflow_triggerer_heartbeat${of}`),
      for: '5m',
      severity: 'error',
      summary:
        'The triggerer has given no sign of life for ten minutes: tasks that wait for something do not go on.',
    },
    {
      name: 'import-errors',
      expr: `max by (airflow) (airflow_dag_processing_import_errors${of}) > 0`,
      for: '15m',
      severity: 'warning',
      summary:
        '{{ $value }} files of DAGs cannot be imported; the pages of Airflow show why. Their DAGs do not run.',
    },
    {
      name: 'dag-run-failed',
      expr: grown('airflow, dag_id', `airflow_dagrun_duration_failed_count${of}`),
      for: '0s',
      severity: 'error',
      summary:
        'A run of {{ $labels.dag_id }} failed. Clear its tasks once the cause is mended, or delete the run.',
    },
    {
      name: 'tasks-starving',
      expr: `max by (airflow) (airflow_scheduler_tasks_starving${of}) > 0`,
      for: '30m',
      severity: 'warning',
      summary:
        '{{ $value }} tasks could run and find no free slot: a pool is too small, or a task holds on to its slot.',
    },
  ];
}

/** A counter that does not count, or is not there at all. */
function silent(counter: string): string {
  return `absent_over_time(${counter}[5m]) or sum by (airflow) (rate(${counter}[5m])) == 0`;
}

/**
 * What a sum of counters has grown by in 15 minutes. `increase` misses the first count of all: the counter of a DAG is
 * not there before its first failure, and begins with 1.
 */
function grown(labels: string, counter: string): string {
  const now = `sum by (${labels}) (${counter})`;
  const before = `sum by (${labels}) (${counter} offset 15m)`;
  return `${now} - (${before} or 0 * ${now}) > 0`;
}
