import type { ConfigPath, Problem } from '../config/problem';
import type { Config } from '../config/schema';
import { resolveAirflow } from './airflow';
import { requiredApis } from './apis';
import { checkIdentities, checkLabels, checkResources } from './checks';
import { findSharedNames } from './shared-names';
import { resolveCluster, resolveNodePools } from './cluster';
import { Databases } from './databases';
import type { ImageLock } from './images';
import { resolveMeltano } from './meltano';
import { fit, fitBucket, limits } from './names';
import { resolveNetwork } from './network';
import { resolvePipelines } from './pipelines';
import type { Bucket, Namespace, Platform, Registry } from './platform';
import { Problems } from './problems';
import {
  addIdentity,
  compare,
  inKeyOrder,
  mainCluster,
  type Scope,
  sortedEntries,
  sortedValues,
} from './scope';
import { resolveSecrets } from './secrets';

/** Beside the configuration itself, what a resolution depends on. */
export interface ResolveOptions {
  /** Name of the environment. @default - the file declares none */
  readonly environment?: string | null;
  /** Digests of images, from `images.lock`. @default - no image is pinned */
  readonly images?: ImageLock;
  /**
   * Whether a file exists, seen from the folder of the configuration.
   * @default - files that the configuration names are not looked for
   */
  readonly exists?: (path: string) => boolean;
}

/** Either a platform, or all the reasons why there is none. */
export type Resolution =
  | { readonly ok: true; readonly platform: Platform }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the nodes' service account may do: write logs and metrics, and pull images. */
const nodeRoles = ['roles/artifactregistry.reader', 'roles/container.defaultNodeServiceAccount'];

/**
 * Computes everything that follows from a configuration. Pure: no clock, no environment, no network, no randomness;
 * the order of keys does not matter.
 */
export function resolvePlatform(given: Config, options: ResolveOptions = {}): Resolution {
  const config = inKeyOrder(given);
  const environment = options.environment ?? null;
  const prefix = environment === null ? config.name : `${config.name}-${environment}`;
  const problems = new Problems();
  const scope: Scope = {
    config,
    environment,
    prefix,
    problems,
    lock: options.images ?? {},
    exists: options.exists,
    registries: resolveRegistries(config, prefix),
    namespaces: resolveNamespaces(config, problems),
    pools: resolveNodePools(config),
    secrets: new Map(),
    identities: new Map(),
    buckets: new Map(),
  };
  resolveSecrets(scope);
  const nodeIdentity = addIdentity(scope, {
    key: `nodes-${mainCluster}`,
    displayName: 'Nodes of the cluster',
    projectRoles: nodeRoles,
    origin: ['cluster'],
  });
  const databases = new Databases(scope);
  const airflow = resolveAirflow(scope, databases);
  const meltano = resolveMeltano(scope, databases);
  const pipelines = resolvePipelines(scope, meltano);
  const instances = databases.resolve();
  const network = resolveNetwork(config, prefix, problems);
  const cluster = resolveCluster(config, prefix, scope.pools, nodeIdentity, problems);
  for (const secret of scope.secrets.values()) secret.readers.sort(compare);
  checkIdentities(scope);
  checkLabels(scope);
  checkResources(scope, airflow, [...meltano.values()], pipelines);
  if (problems.list.length > 0) return { ok: false, problems: problems.list };

  const platform: Platform = {
    name: config.name,
    environment,
    prefix,
    production: config.production,
    project: config.google.project,
    projectNumber: config.google.projectNumber ?? null,
    region: config.google.region,
    labels: {
      ...config.labels,
      platform: config.name,
      ...(environment === null ? {} : { environment }),
      'managed-by': 'tapline',
    },
    stateBucket: stateBucket(config, prefix),
    apis: requiredApis(config, {
      databases: databases.any,
      secrets: scope.secrets.size > 0 || config.secretDelivery === 'addon',
    }),
    network,
    clusters: [cluster],
    databases: instances,
    registries: sortedValues(scope.registries),
    buckets: sortedValues(scope.buckets),
    secrets: sortedValues(scope.secrets),
    secretDelivery: config.secretDelivery,
    identities: sortedValues(scope.identities),
    namespaces: sortedValues(scope.namespaces),
    airflow,
    meltano: [...meltano.values()],
    pipelines,
  };
  const shared = findSharedNames([platform]);
  if (shared.length > 0) return { ok: false, problems: shared.map(({ problem }) => problem) };
  return { ok: true, platform: deepFreeze(platform) };
}

function stateBucket(config: Config, prefix: string): Bucket {
  return {
    key: 'tfstate',
    name: fitBucket(config.google.project, prefix, 'tfstate'),
    location: config.google.region,
    purpose: 'terraform-state',
    writers: [],
    origin: ['google'],
  };
}

function resolveRegistries(config: Config, prefix: string): Map<string, Registry> {
  const { project, region } = config.google;
  return new Map(
    sortedEntries(config.registries).map(([key, registry]) => {
      const name = fit(limits.repository, prefix, key);
      return [
        key,
        {
          key,
          name,
          ...registry,
          host: `${region}-${registry.format}.pkg.dev/${project}/${name}`,
          origin: ['registries', key],
        },
      ];
    }),
  );
}

function resolveNamespaces(config: Config, problems: Problems): Map<string, Namespace> {
  const declared: [string, { labels: Record<string, string> }, ConfigPath][] = sortedEntries(
    config.namespaces,
  ).map(([name, namespace]) => [name, namespace, ['namespaces', name]]);
  if (declared.length === 0) declared.push([config.name, { labels: {} }, ['name']]);
  return new Map(
    declared.map(([name, { labels }, origin]) => {
      if (/^(kube|gke|gmp)-/.test(name)) {
        problems.add({
          path: origin,
          at: origin[0] === 'name' ? 'value' : 'key',
          message: `the namespace '${name}' belongs to Kubernetes or Google`,
          found: name,
          allowed: 'a name that does not begin with kube-, gke- or gmp-',
          fix:
            origin[0] === 'name'
              ? 'choose another name, or declare a namespace under namespaces: the default one is called like the platform'
              : 'choose another name',
        });
      }
      return [name, { name, cluster: mainCluster, labels, origin }];
    }),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
