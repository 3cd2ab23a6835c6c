import { type CloudSqlProxyProps, cloudSqlProxy } from './cloud-sql-proxy';
import {
  type Container,
  hardenedContainer,
  type Probe,
  type ResourceRequirements,
  type RunAs,
} from './container';
import { gitSync, gitSyncMount, gitSyncPath, type GitSyncProps } from './git-sync';
import { type ObjectProps, renderLabels, selectorLabels } from './labels';
import { type PodPlacement, type PodTemplate, renderPodTemplate } from './pod';
import { type EnvVariable, secretPath, type SecretDelivery } from './secret-delivery';
import { configFile, type Mount, scratch } from './volumes';

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
} as const;

/** Where an Airflow's DAGs come from. */
export type AirflowDags =
  | { readonly kind: 'sample'; /** ConfigMap with the sample. */ readonly configMap: string }
  | ({
      readonly kind: 'git';
      /** Folder of the DAGs in the repository. */ readonly path: string;
    } & GitSyncProps);

/** What all components of an Airflow have in common. */
export interface AirflowProps extends ObjectProps {
  /** An image that is made from Airflow's own, version 3.2 or later. */
  readonly image: string;
  readonly runAs: RunAs;
  readonly serviceAccount: string;
  readonly placement: PodPlacement;
  /** Variables beside those that are set here; they win. */
  readonly env: readonly EnvVariable[];
  readonly secretDelivery: SecretDelivery;
  readonly proxy: CloudSqlProxyProps;
  /** SQLAlchemy URL of the metadata database through the proxy; holds no password. */
  readonly connectionUrl: string;
  /** Secret and its keys. */
  readonly keys: {
    readonly secret: string;
    readonly fernetKey: string;
    readonly jwtSecret: string;
    readonly apiSecretKey: string;
  };
  /** Name of the api-server's Service. */
  readonly apiService: string;
  /** `gs://BUCKET/FOLDER`: logs outlive their pods there. */
  readonly logsUri: string;
  /** How many tasks run at a time over all; each is a process in a scheduler's pod. */
  readonly parallelism: number;
  readonly dags: AirflowDags;
  readonly resources: ResourceRequirements;
}

/** What one component adds. */
export interface AirflowComponent {
  /** Arguments of the command `airflow`. */
  readonly command: readonly string[];
  /** @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Variables of this component alone. @default - none */
  readonly env?: readonly EnvVariable[];
  /** Whether code of the DAGs runs in it. */
  readonly readsDags: boolean;
  /** Whether it waits until the database is migrated. */
  readonly waitsForMigrations: boolean;
  /** @default - none */
  readonly probes?: { readonly startup: Probe; readonly liveness: Probe; readonly readiness: Probe };
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy: 'Always' | 'Never';
  /** Whether the autoscaler leaves the pod alone. @default false */
  readonly keepsNode?: boolean;
}

/** Folders of Airflow's image. */
const imageDags = '/opt/airflow/dags';
const imagePlugins = '/opt/airflow/plugins';

/** Name of the sample among the DAGs. */
export const sampleDagFile = 'tapline_sample.py';

/** A pod of an Airflow component. */
export function renderAirflowPod(props: AirflowProps, component: AirflowComponent): PodTemplate {
  const shared = {
    image: props.image,
    secretDelivery: props.secretDelivery,
    secretFiles: [props.keys.secret],
    runAs: props.runAs,
    resources: props.resources,
    env: environment(props, component.env ?? []),
    mounts: [
      scratch('tmp', '/tmp', props.resources.limits['ephemeral-storage'] ?? '1Gi'),
      ...(component.readsDags ? [dagsMount(props.dags)] : []),
    ],
  };
  const sidecars: Container[] = [cloudSqlProxy(props.proxy)];
  if (component.readsDags && props.dags.kind === 'git') sidecars.push(gitSync(props.dags));
  return renderPodTemplate({
    labels: renderLabels(props.labels),
    ...(component.keepsNode === true
      ? { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }
      : {}),
    serviceAccount: props.serviceAccount,
    volumeGroup: props.runAs.group,
    placement: props.placement,
    spreadOver: selectorLabels(props.labels),
    // The image's entry point only waits for a database, which the proxy and the check below do better.
    shareProcessNamespace: true,
    sidecars,
    initContainers: component.waitsForMigrations
      ? [
          hardenedContainer({
            ...shared,
            name: 'check-migrations',
            command: ['airflow', 'db', 'check-migrations', '--migration-wait-timeout=600'],
          }),
        ]
      : [],
    containers: [
      hardenedContainer({
        ...shared,
        name: props.labels.component,
        command: ['airflow', ...component.command],
        ports: component.ports ?? {},
        ...(component.probes === undefined
          ? {}
          : {
              startupProbe: component.probes.startup,
              livenessProbe: component.probes.liveness,
              readinessProbe: component.probes.readiness,
            }),
      }),
    ],
    terminationGracePeriodSeconds: component.terminationGracePeriodSeconds,
    restartPolicy: component.restartPolicy,
  });
}

/** Probes by a command that starts Python, so they are rare and patient. */
export function jobProbes(
  jobType: 'TriggererJob' | 'DagProcessorJob',
): NonNullable<AirflowComponent['probes']> {
  const check = {
    kind: 'exec',
    command: ['airflow', 'jobs', 'check', `--job-type=${jobType}`, '--local'],
  } as const;
  return {
    startup: { check, periodSeconds: 30, failureThreshold: 20, timeoutSeconds: 60 },
    liveness: { check, periodSeconds: 120, failureThreshold: 3, timeoutSeconds: 60 },
    readiness: { check, periodSeconds: 300, failureThreshold: 1, timeoutSeconds: 60 },
  };
}

function dagsMount(dags: AirflowDags): Mount {
  return dags.kind === 'git'
    ? gitSyncMount()
    : configFile('sample-dag', `${imageDags}/${sampleDagFile}`, dags.configMap, sampleDagFile);
}

/**
 * The settings of Airflow, as variables.
 *
 * Keys are read by commands from files, so that they are in no variable.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/set-config.html
 */
function environment(props: AirflowProps, own: readonly EnvVariable[]): EnvVariable[] {
  const { secret, fernetKey, jwtSecret, apiSecretKey } = props.keys;
  const cat = (key: string): string => `cat ${secretPath(secret, key)}`;
  const settings: Readonly<Record<string, string>> = {
    // Airflow writes its configuration and its logs here; the folders of the image cannot be written.
    AIRFLOW_HOME: '/tmp/airflow',
    AIRFLOW__API_AUTH__JWT_SECRET_CMD: cat(jwtSecret),
    AIRFLOW__API__SECRET_KEY_CMD: cat(apiSecretKey),
    // Users are in the database and there is none at first. The default manager would make up a password for an
    // admin, another one in each pod, and print it to the log.
    AIRFLOW__CORE__AUTH_MANAGER: 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
    AIRFLOW__CORE__DAGS_FOLDER: props.dags.kind === 'git' ? gitSyncPath(props.dags.path) : imageDags,
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://${props.apiService}:${airflowPorts.api}/execution/`,
    AIRFLOW__CORE__EXECUTOR: 'LocalExecutor',
    AIRFLOW__CORE__FERNET_KEY_CMD: cat(fernetKey),
    // Names of pods cannot be resolved; the api-server reads logs of running tasks by this.
    AIRFLOW__CORE__HOSTNAME_CALLABLE: 'airflow.utils.net.get_host_ip_address',
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    // Each task of the LocalExecutor is a process of some 250 MiB in the scheduler's pod; Airflow's own limit of 32
    // would not fit into it.
    AIRFLOW__CORE__PARALLELISM: String(props.parallelism),
    AIRFLOW__CORE__PLUGINS_FOLDER: imagePlugins,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: props.connectionUrl,
    // Logs go to the bucket and to the pod's output; what stays on the disk would fill it.
    AIRFLOW__LOGGING__DAG_PROCESSOR_LOG_TARGET: 'stdout',
    AIRFLOW__LOGGING__DELETE_LOCAL_LOGS: 'True',
    AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER: props.logsUri,
    AIRFLOW__LOGGING__REMOTE_LOGGING: 'True',
  };
  const ours = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const merged = new Map([...ours, ...own, ...props.env].map((variable) => [variable.name, variable]));
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
