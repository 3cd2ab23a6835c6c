import type { Image, Placement, Resources, Secret, Workload } from '../platform';
import type { DatabaseAccess } from './database';
import type { Identity } from './identity';

/** The releases of Airflow that the platform knows; a version belongs to the one that it begins with. */
export type AirflowRelease = '2.11' | '3.2' | '3.3';

/** A key of a secret of the platform. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

export interface Airflow extends Workload {
  readonly version: string;
  readonly release: AirflowRelease;
  readonly executor: 'LocalExecutor' | 'KubernetesExecutor';
  /** Pods of tasks; null where tasks run in the schedulers. */
  readonly worker: AirflowWorker | null;
  readonly database: DatabaseAccess;
  /** SQLAlchemy URL of the metadata database through the proxy; holds no password. */
  readonly connectionUrl: string;
  readonly pgbouncer: AirflowPgbouncer | null;
  readonly dags: AirflowDagSource;
  /** How many tasks run at a time. */
  readonly parallelism: number;
  /** How long a scheduler that is replaced waits for the tasks that run in it. */
  readonly drainSeconds: number;
  readonly logs: AirflowLogs;
  /** Generated keys: `fernet-key`, `jwt-secret`, `api-secret-key`; with PgBouncer also `pgbouncer-password`. */
  readonly keys: Secret;
  readonly keyReferences: AirflowKeys;
  readonly auth: AirflowAuth;
  /** By which people reach it; null where nobody does from outside. */
  readonly host: string | null;
  readonly metrics: AirflowMetrics;
  /** Namespaces in which its tasks may make pods, sorted. */
  readonly podNamespaces: readonly string[];
  readonly gitSyncImage: Image;
  readonly resources: {
    readonly apiServer: Resources;
    readonly scheduler: Resources;
    readonly dagProcessor: Resources;
    readonly triggerer: Resources;
  };
  readonly replicas: { readonly apiServer: number; readonly scheduler: number };
  /** Between how many pods the api-server is scaled; null for a fixed number. */
  readonly apiServerScaling: {
    readonly min: number;
    readonly max: number;
    readonly cpuPercent: number;
  } | null;
}

/** The pods that the KubernetesExecutor makes, one for each task. */
export interface AirflowWorker {
  /** From Airflow 3 on an identity of its own, that has no right on the database; before, that of the components. */
  readonly identity: Identity;
  readonly placement: Placement;
  readonly resources: Resources;
}

export type AirflowDagSource =
  | { readonly kind: 'sample' }
  | { readonly kind: 'image'; /** Folder in the image. */ readonly path: string }
  | ({ readonly kind: 'git' } & GitSource)
  | { readonly kind: 'bundles'; readonly bundles: readonly GitBundle[] };

/** A repository that git-sync follows. */
export interface GitSource {
  readonly url: string;
  readonly ref: string;
  readonly path: string;
  readonly periodSeconds: number;
  readonly login: GitLogin;
}

/** How a repository is read. */
export type GitLogin =
  | { readonly kind: 'none' }
  | { readonly kind: 'ssh'; readonly key: SecretKey; readonly knownHosts: SecretKey }
  | { readonly kind: 'token'; readonly username: string; readonly token: SecretKey }
  | {
      readonly kind: 'github-app';
      readonly applicationId: number;
      readonly installationId: number;
      readonly privateKey: SecretKey;
    };

/** A repository that Airflow clones. */
export interface GitBundle {
  readonly key: string;
  readonly url: string;
  readonly ref: string;
  readonly path: string;
  readonly refreshSeconds: number;
  readonly ssh: { readonly key: SecretKey; readonly knownHosts: SecretKey } | null;
  /** Id of an Airflow connection; null for a repository that is public or read by ssh. */
  readonly connection: string | null;
}

export type AirflowLogs =
  /** `gs://BUCKET/logs`: logs outlive their pods there. */
  | { readonly kind: 'bucket'; readonly uri: string }
  | { readonly kind: 'volume'; readonly storageClass: string; readonly sizeGi: number };

/** Where its keys are. */
export interface AirflowKeys {
  /** The first encrypts; the others still decrypt. */
  readonly fernet: readonly SecretKey[];
  readonly jwtSecret: SecretKey;
  readonly apiSecretKey: SecretKey;
}

export interface AirflowAuth {
  readonly roles: readonly AirflowRole[];
  readonly users: readonly AirflowUser[];
  readonly oauth: AirflowOauth | null;
}

/** A role beside those that Airflow brings. */
export interface AirflowRole {
  readonly name: string;
  /** Sorted by resource, then action. */
  readonly permissions: readonly { readonly action: string; readonly resource: string }[];
}

export interface AirflowUser {
  readonly login: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly roles: readonly string[];
  readonly password: SecretKey;
}

/** Sign-in by OpenID Connect. */
export interface AirflowOauth {
  /** Without a slash at its end. */
  readonly issuer: string;
  readonly clientId: SecretKey;
  readonly clientSecret: SecretKey;
  readonly scopes: readonly string[];
  readonly groupsClaim: string;
  /** Roles by group of the issuer, sorted. */
  readonly groups: readonly OauthRoles[];
  /** Roles by verified address, or by `@DOMAIN`, sorted. */
  readonly people: readonly OauthRoles[];
  readonly defaultRole: string;
}

export interface OauthRoles {
  readonly who: string;
  readonly roles: readonly string[];
}

export type AirflowMetrics =
  | { readonly kind: 'none' }
  | { readonly kind: 'statsd'; readonly image: Image }
  | { readonly kind: 'otel'; readonly endpoint: string; readonly intervalSeconds: number };

export interface AirflowPgbouncer {
  readonly image: Image;
  readonly password: SecretKey;
  readonly poolSize: number;
  readonly maxClientConnections: number;
  readonly resources: Resources;
}
