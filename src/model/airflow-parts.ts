import type { ConfigPath } from '../config/problem';
import type { AirflowConfig } from '../config/schema/airflow';
import { amountOf } from '../config/quantity';
import { lockImage, publicImage, publicImages, resolveImageReference } from './images';
import type { Identity, Resources } from './platform';
import { addBucket, addIdentity, clusterOf, type Scope } from './scope';
import type { Airflow, AirflowLogs, AirflowMetrics, AirflowPgbouncer, AirflowWorker } from './types/airflow';
import { resolvePlacement, resolveResources } from './workloads';

/** A task of the LocalExecutor takes some 250 MiB, and the scheduler itself some 500. */
function tasksIn(memory: string): number {
  return Math.max(1, Math.floor((amountOf(memory) / 2 ** 20 - 512) / 256));
}

/** As many tasks as fit into the schedulers, or Airflow's own default where each has a pod of its own. */
export function resolveParallelism(config: AirflowConfig, scheduler: Resources, schedulers: number): number {
  if (config.parallelism !== undefined) return config.parallelism;
  return config.executor === 'KubernetesExecutor'
    ? 32
    : schedulers * tasksIn(scheduler.limits.memory ?? '2Gi');
}

/** How many pods of each component run. */
export function resolveReplicas(
  { config }: Scope,
  { replicas }: AirflowConfig,
): Pick<Airflow, 'replicas' | 'apiServerScaling'> {
  const usual = config.production ? 2 : 1;
  const { apiServer = usual, scheduler = usual } = replicas;
  return typeof apiServer === 'number'
    ? { replicas: { apiServer, scheduler }, apiServerScaling: null }
    : { replicas: { apiServer: apiServer.min, scheduler }, apiServerScaling: apiServer };
}

/** The pods of tasks; adds their identity, which writes logs and may do nothing else that is not asked for. */
export function resolveWorker(
  scope: Scope,
  key: string,
  config: AirflowConfig,
  origin: ConfigPath,
  components: Identity,
  namespace: string,
): AirflowWorker | null {
  const path = [...origin, 'workers'];
  if (config.executor !== 'KubernetesExecutor') {
    if (config.workers !== undefined) {
      scope.problems.add({
        path,
        at: 'key',
        message: `with the ${config.executor} there are no pods of tasks`,
        allowed: 'workers with executor: KubernetesExecutor',
        fix: 'remove it, or set executor: KubernetesExecutor',
        dependsOn: [[...origin, 'executor']],
      });
    }
    return null;
  }
  const pool = config.workers?.pool ?? config.pool;
  const at = config.workers?.pool === undefined ? [...origin, 'pool'] : [...path, 'pool'];
  // A task of Airflow 2 works on the database as the components do, so it is the same login.
  const own = !config.version.startsWith('2.');
  if (!own && config.workers?.serviceAccount !== undefined) {
    scope.problems.add({
      path: [...path, 'serviceAccount'],
      at: 'key',
      message: `tasks of Airflow ${config.version} work on its database, as the login of its components`,
      allowed: 'workers.serviceAccount from Airflow 3 on',
      fix: 'remove it',
      dependsOn: [[...origin, 'version']],
    });
  }
  return {
    identity: own
      ? addIdentity(scope, {
          // Two hyphens: no key holds them, so no Airflow is called like the workers of another.
          key: `airflow-${key}--worker`,
          displayName: `Runs the tasks of the Airflow ${key}`,
          projectRoles: [],
          kubernetes: {
            namespace,
            serviceAccount: config.workers?.serviceAccount ?? `airflow-${key}-worker`,
          },
          origin: config.workers === undefined ? origin : path,
        })
      : components,
    placement: resolvePlacement(scope, pool, at, clusterOf(scope, namespace)),
    resources: resolveResources(config.workers?.resources, {
      cpu: '500m',
      memory: '1Gi',
      ephemeralStorage: '2Gi',
    }),
  };
}

/**
 * Storage classes of GKE whose volumes a single node mounts at a time.
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#access_modes
 */
const singleNodeClasses = ['standard', 'standard-rwo', 'premium-rwo'];

/**
 * Least sizes of the basic tiers of Filestore, in GiB.
 * @see https://cloud.google.com/filestore/docs/service-tiers
 */
const smallest: Readonly<Record<string, number | undefined>> = {
  'standard-rwx': 1024,
  'premium-rwx': 2560,
};

/** Where logs of tasks are kept; adds the bucket, which those write who run tasks. */
export function resolveLogs(
  scope: Scope,
  key: string,
  { logs }: AirflowConfig,
  origin: ConfigPath,
  writers: readonly Identity[],
): AirflowLogs {
  if (logs === 'bucket') {
    const distinct = [...new Map(writers.map((identity) => [identity.key, identity])).values()];
    const bucket = addBucket(scope, `airflow-${key}-logs`, 'airflow-logs', distinct, origin);
    return { kind: 'bucket', uri: `gs://${bucket.name}/logs` };
  }
  const { storageClass, sizeGi } = logs.volume;
  if (singleNodeClasses.includes(storageClass) || storageClass.startsWith('hyperdisk')) {
    scope.problems.add({
      path: [...origin, 'logs', 'volume', 'storageClass'],
      message: `a volume of '${storageClass}' is for one node at a time, and pods on several write and read logs`,
      found: storageClass,
      allowed: 'a class with ReadWriteMany, such as standard-rwx, zonal-rwx or enterprise-rwx of Filestore',
      fix: 'leave it out to get standard-rwx, or write logs: bucket, which is cheaper',
    });
  }
  const least = smallest[storageClass];
  if (least !== undefined && sizeGi < least) {
    scope.problems.add({
      path: [...origin, 'logs', 'volume', 'sizeGi'],
      message: `a volume of '${storageClass}' is larger`,
      found: String(sizeGi),
      allowed: `at least ${least}`,
      fix: `write ${least}, or logs: bucket, which has no least size`,
    });
  }
  return { kind: 'volume', storageClass, sizeGi };
}

/** How metrics of Airflow get to those who watch it. */
export function resolveMetrics(scope: Scope, { metrics }: AirflowConfig): AirflowMetrics {
  if (metrics === 'none') return { kind: 'none' };
  if (metrics === 'statsd') {
    return { kind: 'statsd', image: publicImage(publicImages.statsdExporter, scope) };
  }
  return { kind: 'otel', ...metrics.otel };
}

/** PgBouncer, where it is asked for. */
export function resolvePgbouncer(
  scope: Scope,
  { pgbouncer }: AirflowConfig,
  origin: ConfigPath,
  secret: string,
): AirflowPgbouncer | null {
  if (pgbouncer === undefined) return null;
  const path = [...origin, 'pgbouncer', 'image'];
  return {
    image:
      pgbouncer.image === undefined
        ? publicImage(publicImages.pgbouncer, scope)
        : lockImage(
            resolveImageReference(pgbouncer.image, path, scope.registries, scope.problems),
            scope.lock,
            path,
          ),
    password: { secret, key: 'pgbouncer-password' },
    poolSize: pgbouncer.poolSize,
    maxClientConnections: pgbouncer.maxClientConnections,
    resources: resolveResources(pgbouncer.resources, {
      cpu: '100m',
      memory: '128Mi',
      ephemeralStorage: '64Mi',
    }),
  };
}
