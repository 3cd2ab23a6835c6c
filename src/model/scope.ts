import type { Config } from '../config/schema';
import type { ClusterConfig } from '../config/schema/cluster';
import { bucketDefaults, bucketName } from './bucket-defaults';
import type { ImageLock } from './images';
import { fit, limits, serviceAccountLimit, shortHash } from './names';
import type { Bucket, Identity, Namespace, NodePool, Registry, Secret, SecretValue } from './platform';
import type { ConfigPath } from '../config/problem';
import type { Problems } from './problems';
import type { Topics } from './pubsub';

/** Key of the first cluster: its address in Terraform and its folder in dist. */
export const mainCluster = 'platform';

/** A secret while its readers are still being gathered. */
export type OpenSecret = Omit<Secret, 'readers'> & { readers: string[] };

/** A cluster, with what workloads must know of it before it is resolved. */
export interface ClusterPlan {
  readonly key: string;
  readonly config: ClusterConfig;
  readonly origin: ConfigPath;
  readonly nodeIdentity: Identity;
  readonly pools: ReadonlyMap<string, NodePool>;
}

/** What the parts of the resolution share. */
export interface Scope {
  readonly config: Config;
  readonly environment: string | null;
  readonly prefix: string;
  readonly problems: Problems;
  readonly lock: ImageLock;
  /** Whether a file exists, seen from the configuration; absent where nobody can tell. */
  readonly exists: ((path: string) => boolean) | undefined;
  /** The text of a file, seen from the configuration; absent where none can be read. */
  readonly read: ((path: string) => string | undefined) | undefined;
  readonly registries: ReadonlyMap<string, Registry>;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly clusters: Map<string, ClusterPlan>;
  readonly secrets: Map<string, OpenSecret>;
  readonly identities: Map<string, Identity>;
  readonly buckets: Map<string, Bucket>;
  readonly topics: Topics;
}

/** Orders by code points, so that the order never depends on a locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A deep copy whose maps are ordered by key, so that the order in a file cannot show anywhere. */
export function inKeyOrder<T>(value: T): T {
  if (Array.isArray(value)) return value.map(inKeyOrder) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, inKeyOrder(item)])) as T;
}

/** The entries of a map, by key. */
export function sortedEntries<T>(map: Readonly<Record<string, T>>): [string, T][];
export function sortedEntries(map: object): [string, unknown][];
export function sortedEntries(map: object): [string, unknown][] {
  return Object.entries(map as Record<string, unknown>).sort(([a], [b]) => compare(a, b));
}

/** The values of a map, by key. */
export function sortedValues<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map].sort(([a], [b]) => compare(a, b)).map(([, value]) => value);
}

/** Key of the cluster that a namespace is on. */
export function clusterOf({ namespaces }: Pick<Scope, 'namespaces'>, namespace: string): string {
  return namespaces.get(namespace)?.cluster ?? mainCluster;
}

/** Adds the service account of a workload, with the Kubernetes service account that acts as it. */
export function addIdentity(
  scope: Scope,
  identity: {
    readonly key: string;
    readonly displayName: string;
    readonly projectRoles: readonly string[];
    readonly kubernetes?: { readonly namespace: string; readonly serviceAccount: string };
    readonly origin: ConfigPath;
  },
): Identity {
  const { project } = scope.config.google;
  const accountId = fit(serviceAccountLimit(project), scope.prefix, identity.key);
  const email = `${accountId}@${project}.iam.gserviceaccount.com`;
  const resolved: Identity = {
    key: identity.key,
    accountId,
    email,
    member: `serviceAccount:${email}`,
    displayName: identity.displayName,
    projectRoles: [...identity.projectRoles].sort(compare),
    kubernetes:
      identity.kubernetes === undefined
        ? null
        : {
            cluster: clusterOf(scope, identity.kubernetes.namespace),
            ...identity.kubernetes,
            member: `serviceAccount:${project}.svc.id.goog[${identity.kubernetes.namespace}/${identity.kubernetes.serviceAccount}]`,
          },
    origin: identity.origin,
  };
  scope.identities.set(identity.key, resolved);
  return resolved;
}

/** Adds a secret whose values Terraform makes. Its key starts with `tapline-`, which no declared secret may. */
export function addGeneratedSecret(
  scope: Scope,
  key: string,
  values: Readonly<Record<string, SecretValue['format']>>,
  namespace: string,
  reader: Identity,
  origin: ConfigPath,
): OpenSecret {
  const secret: OpenSecret = {
    key,
    values: sortedEntries(values).map(([name, format]) => ({
      key: name,
      namespace: null,
      secretId: secretId(scope, key, name),
      source: 'generated',
      format,
      origin,
    })),
    namespaces: [namespace],
    readers: [reader.key],
    ...secretDefaults(scope.config),
    origin,
  };
  scope.secrets.set(key, secret);
  return secret;
}

/** What a secret is that nothing else is said of. */
export function secretDefaults(config: Config) {
  return {
    access: [],
    regions: [],
    rotation: null,
    destroyTtlDays: 7,
    deletionProtection: config.production,
  } satisfies Partial<Secret>;
}

/** The `secret_id`: two hyphens keep secret, namespace and key apart, since no secret's name holds two. */
export function secretId(scope: Scope, secret: string, ...parts: readonly string[]): string {
  const name = [secret, ...parts].join('--');
  return fit(limits.secret, scope.prefix, name.replace(/\./g, '-') === name ? name : dotted(name));
}

/** Secret Manager takes no dots; a key with dots gets a hash, so that `a.b` and `a-b` stay apart. */
function dotted(name: string): string {
  return fit(limits.secret, name.replace(/\./g, '-'), shortHash(name));
}

/** Adds a bucket that the platform needs itself. */
export function addBucket(
  scope: Scope,
  key: string,
  purpose: Bucket['purpose'],
  writers: readonly Identity[],
  origin: ConfigPath,
): Bucket {
  const bucket: Bucket = {
    ...bucketDefaults(scope.config, scope.prefix),
    key,
    name: bucketName(scope.config, scope.prefix, key),
    purpose,
    writers: writers.map((identity) => identity.key).sort(compare),
    origin,
  };
  scope.buckets.set(key, bucket);
  return bucket;
}
