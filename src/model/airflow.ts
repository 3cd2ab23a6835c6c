import type { AirflowConfig } from '../config/schema/airflow';
import type { ConfigPath } from '../config/problem';
import { type ReadSecret, dagEgress, resolveDags } from './airflow-dags';
import { resolveAuth } from './airflow-auth';
import {
  resolveLogs,
  resolveMetrics,
  resolveParallelism,
  resolvePgbouncer,
  resolveReplicas,
  resolveWorker,
} from './airflow-parts';
import { checkRelease, releaseOf } from './airflow-release';
import type { Databases } from './databases';
import { loginRoles } from './databases';
import { airflowImage, lockImage, publicImage, publicImages, resolveImageReference } from './images';
import type { Airflow, Identity, Image } from './platform';
import { addGeneratedSecret, addIdentity, clusterOf, compare, type Scope, sortedEntries } from './scope';
import type { AirflowKeys } from './types/airflow';
import {
  resolveEgress,
  resolveEnv,
  resolveNamespace,
  resolvePlacement,
  resolveResources,
  resolveSecretKey,
  secretsOf,
} from './workloads';

export function resolveAirflow(scope: Scope, databases: Databases): Airflow[] {
  const owners = new Map<string, string>();
  const hosts = new Map<string, string>();
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
    checkHost(scope, hosts, instance);
    return [instance];
  });
}

/** People reach one Airflow by a name. */
function checkHost({ problems }: Scope, hosts: Map<string, string>, { key, host, origin }: Airflow): void {
  if (host === null) return;
  const owner = hosts.get(host);
  if (owner !== undefined) {
    problems.add({
      path: [...origin, 'host'],
      message: `people reach the Airflow '${owner}' by this name`,
      found: host,
      allowed: 'a name that no other Airflow has',
      fix: `for example ${key}.${host}`,
    });
  }
  hosts.set(host, key);
}

function resolveInstance(
  scope: Scope,
  databases: Databases,
  key: string,
  config: AirflowConfig,
): Airflow | undefined {
  const origin: ConfigPath = ['airflow', key];
  const release = releaseOf(config.version);
  checkRelease(scope.problems, config, origin, hasPipelines(scope, key));
  const namespace = resolveNamespace(scope, config.namespace, origin);
  const identity = addIdentity(scope, {
    key: `airflow-${key}`,
    displayName: `Runs the Airflow ${key}`,
    projectRoles: loginRoles,
    kubernetes: { namespace, serviceAccount: config.serviceAccount ?? `airflow-${key}` },
    origin,
  });
  const worker = resolveWorker(scope, key, config, origin, identity, namespace);
  const runners = worker === null ? [identity] : [identity, worker.identity];
  const logs = resolveLogs(scope, key, config, origin, runners);
  const keys = addGeneratedSecret(
    scope,
    `tapline-airflow-${key}`,
    {
      'fernet-key': 'fernet',
      'jwt-secret': 'alphanumeric',
      'api-secret-key': 'alphanumeric',
      ...(config.pgbouncer === undefined ? {} : { 'pgbouncer-password': 'alphanumeric' }),
    },
    namespace,
    identity,
    origin,
  );
  if (release === '2.11' && worker !== null) addReader(scope, keys.key, worker.identity);
  const path = [...origin, 'database'];
  const reference = config.database ?? databases.defaultFor('airflow', origin);
  const placement = resolvePlacement(scope, config.pool, [...origin, 'pool'], clusterOf(scope, namespace));
  const env = resolveEnv(scope, config.env, [...origin, 'env'], namespace, identity);
  if (worker !== null) {
    for (const { key: secret } of secretsOf(scope, env)) addReader(scope, secret, worker.identity);
  }
  /** Of what all that run code of DAGs read, and of what the components alone do. */
  const readBy =
    (readers: readonly Identity[]): ReadSecret =>
    ({ secret }, at) => {
      const found = resolveSecretKey(scope, secret, at, namespace, identity);
      if (found === undefined) return { secret, key: '' };
      for (const reader of readers) addReader(scope, found.secret, reader);
      return found;
    };
  const dags = resolveDags(scope, config.dags, origin, readBy(runners));
  const keyReferences = resolveKeys(
    config,
    keys.key,
    origin,
    readBy(release === '2.11' ? runners : [identity]),
  );
  const auth = resolveAuth(scope, config, release, origin, readBy([identity]));
  const podNamespaces = resolvePodNamespaces(scope, config, namespace, origin);
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
  const { replicas, apiServerScaling } = resolveReplicas(scope, config);
  return {
    key,
    cluster: clusterOf(scope, namespace),
    namespace,
    identity,
    image: resolveImage(scope, config, origin),
    runAs: { user: 50000, group: 0 },
    placement,
    env,
    egress: [...resolveEgress(scope, config.egress, origin), ...dagEgress(dags)],
    secrets: secretsOf(scope, env),
    version: config.version,
    release,
    executor: config.executor,
    worker,
    database,
    // The proxy adds the token of the service account, so the address holds no password.
    connectionUrl: `postgresql+psycopg2://${encodeURIComponent(database.iamUser)}@127.0.0.1:5432/${encodeURIComponent(database.database)}`,
    pgbouncer: resolvePgbouncer(scope, config, origin, keys.key),
    dags,
    logs,
    keys,
    keyReferences,
    auth,
    host: config.host ?? null,
    metrics: resolveMetrics(scope, config),
    podNamespaces,
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
    replicas,
    apiServerScaling,
    parallelism: resolveParallelism(config, scheduler, replicas.scheduler),
    drainSeconds: config.drainSeconds,
    origin,
  };
}

function hasPipelines({ config }: Scope, key: string): boolean {
  const named = Object.values(config.pipelines).some((pipeline) => pipeline.airflow === key);
  return named || config.airflow[key]?.tests !== undefined;
}

function resolveImage(scope: Scope, config: AirflowConfig, origin: ConfigPath): Image {
  if (config.image === undefined) return publicImage(airflowImage(config.version), scope);
  const path = [...origin, 'image'];
  const reference = resolveImageReference(config.image, path, scope.registries, scope.problems);
  return lockImage(reference, scope.lock, path);
}

function addReader(scope: Scope, secret: string, { key }: Identity): void {
  const readers = scope.secrets.get(secret)?.readers;
  if (readers !== undefined && !readers.includes(key)) readers.push(key);
}

/**
 * Where each key is. What is generated stays although another is named: what it has encrypted can only be read with it.
 */
function resolveKeys(
  { keys }: AirflowConfig,
  generated: string,
  origin: ConfigPath,
  read: ReadSecret,
): AirflowKeys {
  const at = (name: keyof typeof keys): ConfigPath => [...origin, 'keys', name, 'secret'];
  const one = (name: 'fernetKey' | 'jwtSecret' | 'apiSecretKey', key: string) => {
    const named = keys[name];
    return named === undefined ? { secret: generated, key } : read(named, at(name));
  };
  const { previousFernetKey } = keys;
  return {
    fernet: [
      one('fernetKey', 'fernet-key'),
      ...(previousFernetKey === undefined ? [] : [read(previousFernetKey, at('previousFernetKey'))]),
    ],
    jwtSecret: one('jwtSecret', 'jwt-secret'),
    apiSecretKey: one('apiSecretKey', 'api-secret-key'),
  };
}

/** The namespaces that its DAGs may make pods in; all on its own cluster. */
function resolvePodNamespaces(
  scope: Scope,
  { podNamespaces }: AirflowConfig,
  namespace: string,
  origin: ConfigPath,
): string[] {
  const cluster = clusterOf(scope, namespace);
  podNamespaces.forEach((name, i) => {
    const path = [...origin, 'podNamespaces', i];
    const found = scope.problems.reference(path, name, 'namespace', ['namespaces'], scope.namespaces);
    if (found === undefined || found.cluster === cluster) return;
    scope.problems.add({
      path,
      message: `the namespace '${name}' is on the cluster '${found.cluster}', and the Airflow on '${cluster}'`,
      found: name,
      allowed: 'namespaces of its own cluster',
      fix: `remove it, or move the namespace to ${cluster}`,
      dependsOn: [['namespaces']],
    });
  });
  return [...new Set(podNamespaces)].sort(compare);
}
