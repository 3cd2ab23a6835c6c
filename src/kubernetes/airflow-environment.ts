import { dagSettings } from './airflow-dags';
import type { AirflowProps } from './airflow-props';
import { airflowFolders, airflowPorts } from './airflow-ports';
import { type EnvVariable, type SecretKey, secretPath } from './secret-delivery';

/** What a pod of Airflow is for. */
export type AirflowPart =
  | 'api-server'
  | 'scheduler'
  | 'dag-processor'
  | 'triggerer'
  /** Runs once and works on the database: the migration, roles and pools. */
  | 'job'
  /** A task of the KubernetesExecutor. */
  | 'worker';

/** Whether the pod reads and writes the metadata database; tasks of Airflow 3 ask the api-server instead. */
export function usesDatabase({ release }: AirflowProps, part: AirflowPart): boolean {
  return part !== 'worker' || release === '2.11';
}

/** Secrets with keys that the pod reads as files. */
export function keySecrets(props: AirflowProps, part: AirflowPart): string[] {
  if (!usesDatabase(props, part)) return [];
  const { fernet, jwtSecret, apiSecretKey } = props.keys;
  const pgbouncer = part !== 'job' && props.pgbouncer !== undefined ? [props.pgbouncer.password] : [];
  const used = [...fernet, ...(props.release === '2.11' ? [] : [jwtSecret]), apiSecretKey, ...pgbouncer];
  return [...new Set(used.map(({ secret }) => secret))];
}

/**
 * The settings of Airflow, as variables sorted by name.
 *
 * Keys are read by commands from files, so that they are in no variable. Which settings a release has is checked
 * against its own list of options (test/fixtures/airflow-options).
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html
 */
export function renderAirflowEnvironment(
  props: AirflowProps,
  part: AirflowPart,
  own: readonly EnvVariable[] = [],
): EnvVariable[] {
  const settings: Record<string, string> = {
    // Airflow writes its configuration and its logs here; the folders of the image cannot be written.
    AIRFLOW_HOME: airflowFolders.home,
    // Users are in the database and there is none at first. The default manager would make up a password for an
    // admin, another one in each pod, and print it to the log.
    AIRFLOW__CORE__AUTH_MANAGER: 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    ...(usesDatabase(props, part) ? { ...keySettings(props), ...databaseSettings(props, part) } : {}),
    // What a Job does not use would only give it another name with every change, and so run it again.
    ...(part === 'job' ? {} : runningSettings(props, part)),
  };
  const ours = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const merged = new Map([...ours, ...own, ...props.env].map((variable) => [variable.name, variable]));
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function runningSettings(props: AirflowProps, part: AirflowPart): Record<string, string> {
  return {
    AIRFLOW__CORE__EXECUTOR: props.executor,
    // Names of pods cannot be resolved; the api-server reads logs of running tasks by this.
    AIRFLOW__CORE__HOSTNAME_CALLABLE: 'airflow.utils.net.get_host_ip_address',
    // Each task of the LocalExecutor is a process of some 250 MiB in the scheduler's pod; Airflow's own limit of 32
    // would not fit into it.
    AIRFLOW__CORE__PARALLELISM: String(props.parallelism),
    AIRFLOW__CORE__PLUGINS_FOLDER: airflowFolders.plugins,
    ...dagSettings(props.dags, props.files ?? [], props.release !== '2.11'),
    ...releaseSettings(props),
    ...(part === 'api-server' ? pageSettings(props) : {}),
    ...logSettings(props),
    ...metricsSettings(props),
    ...executorSettings(props, part),
  };
}

function path({ secret, key }: SecretKey): string {
  return secretPath(secret, key);
}

/** Airflow splits commands into words itself and starts no shell. */
function keySettings({ keys, release }: AirflowProps): Record<string, string> {
  const [fernet, ...previous] = keys.fernet.map(path);
  const fernetCommand =
    previous.length === 0
      ? `cat ${fernet ?? ''}`
      : `sh -c 'printf "%s,%s" ${[fernet, ...previous].map((file) => `"$(cat ${file ?? ''})"`).join(' ')}'`;
  const apiSecretKey = `cat ${path(keys.apiSecretKey)}`;
  return {
    AIRFLOW__CORE__FERNET_KEY_CMD: fernetCommand,
    ...(release === '2.11'
      ? { AIRFLOW__WEBSERVER__SECRET_KEY_CMD: apiSecretKey }
      : {
          AIRFLOW__API__SECRET_KEY_CMD: apiSecretKey,
          AIRFLOW__API_AUTH__JWT_SECRET_CMD: `cat ${path(keys.jwtSecret)}`,
        }),
  };
}

/** Jobs go to the database itself: a migration holds locks of its session, which PgBouncer hands to others. */
function databaseSettings(
  { connectionUrl, pgbouncer }: AirflowProps,
  part: AirflowPart,
): Record<string, string> {
  if (pgbouncer === undefined || part === 'job')
    return { AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: connectionUrl };
  const { host, port, user, database, password } = pgbouncer;
  const url = `postgresql+psycopg2://${user}:$(cat ${path(password)})@${host}:${port}/${encodeURIComponent(database)}`;
  return { AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD: `sh -c 'printf %s "${url}"'` };
}

function releaseSettings({ release, baseUrl, apiService }: AirflowProps): Record<string, string> {
  if (release === '2.11') {
    return {
      // Code of DAGs runs in the dag-processor alone, as in Airflow 3.
      AIRFLOW__SCHEDULER__STANDALONE_DAG_PROCESSOR: 'True',
      ...(baseUrl === undefined ? {} : { AIRFLOW__WEBSERVER__BASE_URL: baseUrl }),
    };
  }
  return {
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://${apiService}:${airflowPorts.api}/execution/`,
    ...(baseUrl === undefined ? {} : { AIRFLOW__API__BASE_URL: baseUrl }),
  };
}

/** Settings of the pages that people see. */
function pageSettings({ release, baseUrl, webserverConfig }: AirflowProps): Record<string, string> {
  const section = release === '2.11' ? 'WEBSERVER' : 'FAB';
  return {
    ...(baseUrl === undefined
      ? {}
      : {
          [`AIRFLOW__${section}__COOKIE_SECURE`]: 'True',
          // The load balancer ends https, and says so in headers that nobody else can send: see the network policies.
          [`AIRFLOW__${section}__ENABLE_PROXY_FIX`]: 'True',
        }),
    ...(webserverConfig === undefined
      ? {}
      : { [`AIRFLOW__${section}__CONFIG_FILE`]: airflowFolders.webserverConfig }),
  };
}

function logSettings({ logs }: AirflowProps): Record<string, string> {
  const toOutput = { AIRFLOW__LOGGING__DAG_PROCESSOR_LOG_TARGET: 'stdout' };
  if (logs.kind === 'volume') return { ...toOutput, AIRFLOW__LOGGING__BASE_LOG_FOLDER: airflowFolders.logs };
  return {
    ...toOutput,
    // Logs go to the bucket and to the pod's output; what stays on the disk would fill it.
    AIRFLOW__LOGGING__DELETE_LOCAL_LOGS: 'True',
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: logs.uri,
    AIRFLOW__LOGGING__REMOTE_LOGGING: 'True',
  };
}

function metricsSettings({ metrics, release, apiService }: AirflowProps): Record<string, string> {
  if (metrics === undefined) return {};
  if (metrics.kind === 'statsd') {
    return {
      AIRFLOW__METRICS__STATSD_ON: 'True',
      AIRFLOW__METRICS__STATSD_HOST: metrics.host,
      AIRFLOW__METRICS__STATSD_PORT: String(airflowPorts.statsd),
      // Tags become labels; names that hold the ids of DAGs and tasks would be a metric for each of them.
      AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED: 'True',
      ...(release === '2.11' ? {} : { AIRFLOW__METRICS__LEGACY_NAMES_ON: 'False' }),
    };
  }
  const { endpoint, intervalSeconds } = metrics;
  const url = new URL(endpoint);
  if (release === '2.11') {
    return {
      AIRFLOW__METRICS__OTEL_ON: 'True',
      AIRFLOW__METRICS__OTEL_HOST: url.hostname,
      AIRFLOW__METRICS__OTEL_PORT: url.port,
      AIRFLOW__METRICS__OTEL_SSL_ACTIVE: url.protocol === 'https:' ? 'True' : 'False',
      AIRFLOW__METRICS__OTEL_INTERVAL_MILLISECONDS: String(intervalSeconds * 1000),
    };
  }
  return {
    AIRFLOW__METRICS__OTEL_ON: 'True',
    AIRFLOW__METRICS__LEGACY_NAMES_ON: 'False',
    // OpenTelemetry's own variables: Airflow 3 deprecates settings of the same meaning.
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_METRIC_EXPORT_INTERVAL: String(intervalSeconds * 1000),
    OTEL_SERVICE_NAME: apiService.replace(/-api-server$/, ''),
  };
}

function executorSettings(props: AirflowProps, part: AirflowPart): Record<string, string> {
  if (props.executor === 'LocalExecutor') {
    return {
      // A scheduler that drains sends no heartbeats. Were it given up meanwhile, another one would start its running
      // tasks a second time.
      AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD: String(props.drainSeconds + 60),
    };
  }
  if (part !== 'scheduler' && part !== 'api-server') return {};
  return {
    AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE: props.namespace,
    AIRFLOW__KUBERNETES_EXECUTOR__POD_TEMPLATE_FILE: airflowFolders.podTemplate,
    // Logs outlive the pods, so those that failed need not be kept.
    AIRFLOW__KUBERNETES_EXECUTOR__DELETE_WORKER_PODS_ON_FAILURE: 'True',
    // Several at a time, so that many tasks that become due together do not wait for each other.
    AIRFLOW__KUBERNETES_EXECUTOR__WORKER_PODS_CREATION_BATCH_SIZE: '16',
  };
}
