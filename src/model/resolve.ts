import type { Problem } from '../config/problem';
import type { Config } from '../config/schema';
import { resolveAirflow } from './airflow';
import { requiredApis } from './apis';
import { accessLogBucket, stateBucket } from './bucket-defaults';
import { resolveBuckets } from './buckets';
import { checkIdentities, checkLabels, checkResources, checkRunnerResources } from './checks';
import { findSharedNames } from './shared-names';
import { checkCapacity } from './capacity';
import { planClusters, resolveClusters } from './cluster';
import { Databases } from './databases';
import { resolveProjectAccess } from './access';
import { resolveEdge } from './edge';
import { resolveOperations } from './operations';
import { resolveEncryption } from './encryption';
import type { ImageLock } from './images';
import { resolveIngress } from './ingress';
import { resolveMeltano } from './meltano';
import { resolveOperators } from './operators';
import { resolveNetwork } from './network';
import { resolvePipelines } from './pipelines';
import { resolveAirflowPipelines } from './pipelines-dags';
import { resolveNamespaces } from './namespaces';
import type { Platform } from './platform';
import { Problems } from './problems';
import { checkQuotas } from './quotas';
import { compare, inKeyOrder, type Scope, sortedValues } from './scope';
import { resolveRenamed } from './renamed';
import { Topics } from './pubsub';
import { checkImages } from './used-images';
import { resolveRegistries, withRegistryAccess } from './registries';
import { resolveGithubRunners, resolveGitlabRunners } from './runners';
import { resolveSecrets, withSecretAccess } from './secrets';
import { resolveGateWaivers, resolveWaivers } from './waivers';

/** Beside the configuration itself, what a resolution depends on. */
export interface ResolveOptions {
  /** Name of the environment. @default - the file declares none */
  readonly environment?: string | null;
  /** Digests of images, from `images.lock`; an image that it lacks is a problem. @default - no image is pinned */
  readonly images?: ImageLock;
  /**
   * Whether a file exists, seen from the folder of the configuration.
   * @default - files that the configuration names are not looked for
   */
  readonly exists?: (path: string) => boolean;
  /**
   * The text of a file, seen from the folder of the configuration; undefined where there is none.
   * @default - no file that the configuration names can be read
   */
  readonly read?: (path: string) => string | undefined;
}

/** Either a platform, or all the reasons why there is none. */
export type Resolution =
  | { readonly ok: true; readonly platform: Platform }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Computes everything that follows from a configuration. Pure: no clock, no environment, no network, no randomness;
 * the order of keys does not matter.
 */
export function resolvePlatform(given: Config, options: ResolveOptions = {}): Resolution {
  return resolveRenamed(given, (config) => resolveKeys(config, options));
}

function resolveKeys(given: Config, options: ResolveOptions): Resolution {
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
    read: options.read,
    registries: resolveRegistries(config, prefix, problems),
    namespaces: resolveNamespaces(config, problems),
    clusters: new Map(),
    secrets: new Map(),
    identities: new Map(),
    buckets: new Map(),
    topics: new Topics(config, prefix, problems),
  };
  resolveSecrets(scope);
  planClusters(scope);
  const databases = new Databases(scope);
  const airflow = resolveAirflow(scope, databases);
  const meltano = resolveMeltano(scope, databases);
  const pipelines = resolvePipelines(scope, meltano);
  const airflowPipelines = resolveAirflowPipelines(scope, airflow, meltano);
  const gitlabRunners = resolveGitlabRunners(scope);
  const githubRunners = resolveGithubRunners(scope);
  const instances = databases.resolve();
  const network = resolveNetwork(scope);
  const edge = resolveEdge(scope, network.addresses);
  const ingress = resolveIngress(scope, { airflow, network, edge });
  const clusters = resolveClusters(scope, network, scope.topics);
  checkCapacity(scope, clusters, network);
  for (const secret of scope.secrets.values()) secret.readers.sort(compare);
  resolveBuckets(scope);
  const registries = withRegistryAccess(scope);
  const secrets = withSecretAccess(scope);
  // The last of these: by now everything that publishes to a topic is known.
  const topics = scope.topics.resolve(scope);
  const buckets = sortedValues(scope.buckets);
  checkIdentities(scope);
  checkLabels(scope);
  checkQuotas(scope, {
    airflow,
    meltano: [...meltano.values()],
    pipelines,
    ingress,
    gitlabRunners,
    githubRunners,
  });
  checkResources(scope, airflow, [...meltano.values()], pipelines);
  checkRunnerResources(scope, gitlabRunners, githubRunners);
  const operations = resolveOperations(scope, { airflow, buckets, clusters, databases: instances, topics });
  const encryption = resolveEncryption(config, prefix, problems, {
    buckets,
    clusters,
    databases: instances,
    operations,
    region: config.google.region,
    registries,
    secrets,
    topics,
  });
  const uses = {
    databases: databases.any,
    secrets: scope.secrets.size > 0 || config.secretDelivery === 'addon',
  };
  const access = resolveProjectAccess(scope, uses);

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
    apis: requiredApis(config, uses),
    network,
    clusters,
    databases: instances,
    registries,
    buckets,
    accessLogBucket: accessLogBucket(config, prefix),
    topics,
    encryption,
    secrets,
    secretDelivery: config.secretDelivery,
    identities: sortedValues(scope.identities),
    namespaces: sortedValues(scope.namespaces),
    airflow,
    meltano: [...meltano.values()],
    pipelines,
    airflowPipelines,
    gitlabRunners,
    githubRunners,
    operators: resolveOperators(scope, {
      secrets,
      namespaces: sortedValues(scope.namespaces),
      collector: operations.prometheus.collector,
      githubRunners,
      ingress,
    }),
    syncWaves: config.syncWaves,
    waivers: resolveWaivers(config),
    gateWaivers: resolveGateWaivers(config),
    edge,
    ingress,
    access,
    operations,
    renames: null,
  };
  if (options.images !== undefined) checkImages(platform, problems);
  if (problems.list.length > 0) return { ok: false, problems: problems.list };
  const shared = findSharedNames([platform]);
  if (shared.length > 0) return { ok: false, problems: shared.map(({ problem }) => problem) };
  return { ok: true, platform: deepFreeze(platform) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
