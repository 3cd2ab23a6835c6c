import type { AirflowConfig } from '../config/schema/airflow';
import type { ConfigPath } from '../config/problem';
import type { Databases } from './databases';
import { loginRoles } from './databases';
import { airflowImage, lockImage, publicImage, publicImages, resolveImageReference } from './images';
import type { Airflow } from './platform';
import { amountOf } from '../config/quantity';
import { addBucket, addGeneratedSecret, addIdentity, clusterOf, type Scope, sortedEntries } from './scope';
import {
  resolveEgress,
  resolveEnv,
  resolveNamespace,
  resolvePlacement,
  resolveResources,
  secretsOf,
} from './workloads';

/** A task of the LocalExecutor takes some 250 MiB, and the scheduler itself some 500. */
function tasksIn(memory: string): number {
  return Math.max(1, Math.floor((amountOf(memory) / 2 ** 20 - 512) / 256));
}

export function resolveAirflow(scope: Scope, databases: Databases): Airflow[] {
  const owners = new Map<string, string>();
  return sortedEntries(scope.config.airflow).flatMap(([key, config]) => {
    const instance = resolveInstance(scope, databases, key, config);
    if (instance === undefined) return [];
    const reference = `${instance.database.instance}/${instance.database.database}`;
    const owner = owners.get(reference);
    if (owner !== undefined) {
      scope.problems.add({
        path: config.database === undefined ? instance.origin : [...instance.origin, 'database'],
        message: `the Airflow '${owner}' keeps its metadata in the database '${reference}' already`,
        found: reference,
        allowed: 'a database that no other Airflow uses',
        fix: `declare a database of its own under databases.${instance.database.instance}.databases and name it here`,
      });
    }
    owners.set(reference, key);
    return [instance];
  });
}

function resolveInstance(
  scope: Scope,
  databases: Databases,
  key: string,
  config: AirflowConfig,
): Airflow | undefined {
  const origin: ConfigPath = ['airflow', key];
  const namespace = resolveNamespace(scope, config.namespace, origin);
  const identity = addIdentity(scope, {
    key: `airflow-${key}`,
    displayName: `Runs the Airflow ${key}`,
    projectRoles: loginRoles,
    kubernetes: { namespace, serviceAccount: config.serviceAccount ?? `airflow-${key}` },
    origin,
  });
  const logs = addBucket(scope, `airflow-${key}-logs`, 'airflow-logs', [identity], origin);
  const keys = addGeneratedSecret(
    scope,
    `tapline-airflow-${key}`,
    { 'fernet-key': 'fernet', 'jwt-secret': 'alphanumeric', 'api-secret-key': 'alphanumeric' },
    namespace,
    identity,
    origin,
  );
  const path = [...origin, 'database'];
  const reference = config.database ?? databases.defaultFor('airflow', origin);
  const placement = resolvePlacement(scope, config.pool, [...origin, 'pool'], clusterOf(scope, namespace));
  const env = resolveEnv(scope, config.env, [...origin, 'env'], namespace, identity);
  const image =
    config.image === undefined
      ? publicImage(airflowImage(config.version), scope)
      : lockImage(
          resolveImageReference(config.image, [...origin, 'image'], scope.registries, scope.problems),
          scope.lock,
        );
  const database =
    reference === undefined
      ? undefined
      : databases.access(reference, config.database === undefined ? origin : path, {
          identity,
          namespace,
          placement,
          origin,
        });
  if (database === undefined) return undefined;
  const scheduler = resolveResources(config.resources.scheduler, {
    cpu: '1',
    memory: '2Gi',
    ephemeralStorage: '2Gi',
  });
  const schedulers = scope.config.production ? 2 : 1;
  return {
    key,
    cluster: clusterOf(scope, namespace),
    namespace,
    identity,
    image,
    runAs: { user: 50000, group: 0 },
    placement,
    env,
    egress: resolveEgress(scope, config.egress, origin),
    secrets: secretsOf(scope, env),
    version: config.version,
    database,
    // The proxy adds the token of the service account, so the address holds no password.
    connectionUrl: `postgresql+psycopg2://${encodeURIComponent(database.iamUser)}@127.0.0.1:5432/${encodeURIComponent(database.database)}`,
    dags: config.dags === undefined ? { kind: 'sample' } : { kind: 'git', ...config.dags.git },
    logsUri: `gs://${logs.name}/logs`,
    keys,
    gitSyncImage: publicImage(publicImages.gitSync, scope),
    resources: {
      apiServer: resolveResources(config.resources.apiServer, {
        cpu: '500m',
        memory: '2Gi',
        ephemeralStorage: '1Gi',
      }),
      scheduler,
      dagProcessor: resolveResources(config.resources.dagProcessor, {
        cpu: '500m',
        memory: '1Gi',
        ephemeralStorage: '1Gi',
      }),
      triggerer: resolveResources(config.resources.triggerer, {
        cpu: '250m',
        memory: '1Gi',
        ephemeralStorage: '1Gi',
      }),
    },
    replicas: { apiServer: scope.config.production ? 2 : 1, scheduler: schedulers },
    parallelism: schedulers * tasksIn(scheduler.limits.memory ?? '2Gi'),
    origin,
  };
}
