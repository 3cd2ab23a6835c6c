/** Ports of Airflow's own. */
export const airflowPorts = {
  /** The api-server: web interface, REST API, and the execution API that tasks talk to. */
  api: 8080,
  /** The health check of the scheduler. */
  schedulerHealth: 8974,
  /** Logs of running tasks, read by the api-server. */
  taskLogs: 8793,
  /** Logs of running triggers, read by the api-server. */
  triggerLogs: 8794,
  /** PgBouncer, where there is one. */
  pgbouncer: 6432,
  /** StatsD by UDP, where there is an exporter. */
  statsd: 9125,
  /** What Prometheus reads of that exporter. */
  statsdMetrics: 9102,
} as const;

/** Folders and files in the containers. */
export const airflowFolders = {
  /** What Airflow writes: below the one folder that can be written. */
  home: '/tmp/airflow',
  plugins: '/opt/airflow/plugins',
  logs: '/opt/airflow/logs',
  podTemplate: '/opt/airflow/pod-template/pod-template.yaml',
  webserverConfig: '/opt/airflow/webserver-config/webserver_config.py',
} as const;
