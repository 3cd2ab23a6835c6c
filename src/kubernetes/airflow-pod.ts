import { dagAccess } from './airflow-dags';
import { type AirflowPart, keySecrets, renderAirflowEnvironment, usesDatabase } from './airflow-environment';
import { airflowFolders } from './airflow-ports';
import type { AirflowProps } from './airflow-props';
import { cloudSqlProxy } from './cloud-sql-proxy';
import { type Container, type ContainerProps, hardenedContainer, type Probe } from './container';
import { kubernetesToken } from './kubernetes-token';
import { renderLabels, selectorLabels } from './labels';
import { type PodTemplate, renderPodTemplate } from './pod';
import type { EnvVariable } from './secret-delivery';
import { configFiles, type Mount, scratch } from './volumes';

/** What one component adds. */
export interface AirflowComponent {
  readonly part: AirflowPart;
  /** The whole command, or for a worker what stands before the arguments that the executor adds. */
  readonly command: readonly string[];
  /** @default - that of the part */
  readonly containerName?: string;
  /** @default - none */
  readonly ports?: Readonly<Record<string, number>>;
  /** Variables of this component alone. @default - none */
  readonly env?: readonly EnvVariable[];
  /** Secrets of this component alone, as files. @default - none */
  readonly secretFiles?: readonly string[];
  /** Folders of this component alone. @default - none */
  readonly mounts?: readonly Mount[];
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

/** A pod of an Airflow component. */
export function renderAirflowPod(props: AirflowProps, component: AirflowComponent): PodTemplate {
  const { part } = component;
  const dags = component.readsDags
    ? dagAccess(props.dags, props.files ?? [], props.secretDelivery, part === 'worker')
    : { mounts: [], secrets: [], containers: [] };
  const shared: Omit<ContainerProps, 'name'> = {
    image: props.image,
    secretDelivery: props.secretDelivery,
    secretFiles: [
      ...new Set([
        ...keySecrets(props, part),
        ...dags.secrets,
        ...(component.readsDags ? (props.dagSecrets ?? []) : []),
        ...(component.secretFiles ?? []),
      ]),
    ],
    runAs: props.runAs,
    resources: props.resources,
    env: renderAirflowEnvironment(props, part, component.env),
    mounts: [
      scratch('tmp', '/tmp', props.resources.limits['ephemeral-storage'] ?? '1Gi'),
      ...dags.mounts,
      ...logMounts(props, part),
      ...(component.mounts ?? []),
    ],
  };
  const token = asksKubernetes(props, part) ? [kubernetesToken()] : [];
  const proxy = connectsItself(props, part) ? [cloudSqlProxy(props.proxy)] : [];
  // git-sync of a pod that runs one task ends; elsewhere it is a sidecar, which starts before what runs to its end.
  const [fetching, following] = part === 'worker' ? [dags.containers, []] : [[], dags.containers];
  return renderPodTemplate({
    labels: renderLabels(props.labels),
    ...(component.keepsNode === true
      ? { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }
      : {}),
    serviceAccount: props.serviceAccount,
    volumeGroup: props.runAs.group,
    placement: props.placement,
    ...(part === 'worker' || part === 'job' ? {} : { spreadOver: selectorLabels(props.labels) }),
    // The image's entry point only waits for a database, which the proxy and the check below do better.
    shareProcessNamespace: true,
    sidecars: [...proxy, ...following],
    initContainers: [...fetching, ...(component.waitsForMigrations ? [migrationCheck(shared)] : [])],
    containers: [
      hardenedContainer({
        ...shared,
        name: component.containerName ?? props.labels.component,
        command: component.command,
        mounts: [...(shared.mounts ?? []), ...token],
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

/** Holds the pod back until the database is as its version wants it. */
function migrationCheck(shared: Omit<ContainerProps, 'name'>): Container {
  return hardenedContainer({
    ...shared,
    name: 'check-migrations',
    command: ['airflow', 'db', 'check-migrations', '--migration-wait-timeout=600'],
  });
}

/** Whether the pod needs a proxy of its own. */
function connectsItself(props: AirflowProps, part: AirflowPart): boolean {
  return usesDatabase(props, part) && (part === 'job' || props.pgbouncer === undefined);
}

/** Whether the pod asks the Kubernetes API: it makes pods for tasks, or tasks run in it that make pods. */
function asksKubernetes(props: AirflowProps, part: AirflowPart): boolean {
  const executes = props.executor === 'KubernetesExecutor';
  switch (part) {
    case 'scheduler':
      return executes || props.makesPods === true;
    case 'api-server':
      // It reads the logs of tasks that run.
      return executes;
    case 'triggerer':
    case 'worker':
      return props.makesPods === true;
    case 'dag-processor':
    case 'job':
      return false;
  }
}

function logMounts({ logs }: AirflowProps, part: AirflowPart): Mount[] {
  if (logs.kind === 'bucket' || part === 'job') return [];
  const volume = { name: 'logs', source: { persistentVolumeClaim: { claimName: logs.claim } } };
  return [{ volume, path: airflowFolders.logs }];
}

/** The folder of a ConfigMap for the file that a setting names; its name changes with its content. */
export function settingsFile(name: string, file: string, configMap: string): Mount {
  return configFiles(name, file.slice(0, file.lastIndexOf('/')), configMap);
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
