import type { Airflow } from './platform';
import type { DashboardChart } from './types/operations';

/** What people look at first when an Airflow seems to be unwell; nothing where it sends no metrics to Prometheus. */
export function airflowCharts({ key, namespace, metrics }: Airflow): DashboardChart[] {
  if (metrics.kind !== 'statsd') return [];
  const of = `{namespace="${namespace}",airflow="${key}"}`;
  const succeeded = (part: string) =>
    `sum by (dag_id) (rate(airflow_dagrun_duration_success_${part}${of}[1h]))`;
  return [
    {
      title: `Airflow ${key}: signs of life a minute`,
      query: `60 * sum by (airflow) (rate(airflow_scheduler_heartbeat${of}[5m]))`,
      legend: 'scheduler',
    },
    {
      title: `Airflow ${key}: failed runs in an hour, by DAG`,
      query: `sum by (dag_id) (increase(airflow_dagrun_duration_failed_count${of}[1h]))`,
      legend: '{{dag_id}}',
    },
    {
      title: `Airflow ${key}: duration of runs, by DAG`,
      query: `${succeeded('sum')} / ${succeeded('count')}`,
      legend: '{{dag_id}}',
    },
    {
      title: `Airflow ${key}: slots in use, by pool`,
      query: `sum by (pool_name) (airflow_pool_running_slots${of})`,
      legend: '{{pool_name}}',
    },
    {
      title: `Airflow ${key}: tasks without a slot`,
      query: `max by (airflow) (airflow_scheduler_tasks_starving${of})`,
      legend: 'starving',
    },
    {
      title: `Airflow ${key}: files that cannot be imported`,
      query: `max by (airflow) (airflow_dag_processing_import_errors${of})`,
      legend: 'files',
    },
  ];
}
