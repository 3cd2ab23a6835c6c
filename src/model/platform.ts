import type { ConfigPath } from '../config/problem';

/** Everything in a Platform knows the place in the configuration that asks for it. */
export interface Originated {
  /** Where the configuration asks for this; the review and `tapline.map.json` point there. */
  readonly origin: ConfigPath;
}

/**
 * The resolved platform: every name, e-mail, range and reference computed, nothing left to look up.
 *
 * Frozen and pure: the same configuration gives the same Platform. Lists are sorted by key, so the order in the file
 * never shows.
 */
export interface Platform {
  /** Name of the platform. */
  readonly name: string;
  /** The environment, or null where the file declares none. */
  readonly environment: string | null;
  /** `NAME` or `NAME-ENVIRONMENT`: the beginning of every name. */
  readonly prefix: string;
  readonly production: boolean;
  readonly project: string;
  readonly projectNumber: string | null;
  readonly region: string;
  /** Labels of every Google resource that takes them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly stateBucket: Bucket;
  /** APIs to enable, for example `container.googleapis.com`. */
  readonly apis: readonly string[];
  readonly network: Network;
  readonly clusters: readonly Cluster[];
  readonly databases: readonly DatabaseInstance[];
  readonly registries: readonly Registry[];
  readonly buckets: readonly Bucket[];
  readonly secrets: readonly Secret[];
  readonly secretDelivery: 'addon' | 'external-secrets' | 'manual';
  readonly identities: readonly Identity[];
  readonly namespaces: readonly Namespace[];
  readonly airflow: readonly Airflow[];
  readonly meltano: readonly Meltano[];
  readonly pipelines: readonly Pipeline[];
}

/** The VPC and its ranges. */
export interface Network extends Originated {
  /** Name of the VPC. */
  readonly name: string;
  /** `projects/P/global/networks/N`. */
  readonly selfLink: string;
  readonly subnetName: string;
  /** `projects/P/regions/R/subnetworks/N`. */
  readonly subnetSelfLink: string;
  readonly nodesCidr: string;
  readonly podsCidr: string;
  readonly podsRangeName: string;
  readonly servicesCidr: string;
  readonly servicesRangeName: string;
  /** Range reserved for Cloud SQL. */
  readonly databasesCidr: string;
  readonly databasesRangeName: string;
  readonly flowLogs: boolean;
  readonly routerName: string;
  readonly natName: string;
  /** Names of the static addresses of the NAT; empty where Google chooses. */
  readonly natAddressNames: readonly string[];
}

export interface Cluster extends Originated {
  /** Identity within the platform; the first cluster is `platform`. */
  readonly key: string;
  /** Name at Google. */
  readonly name: string;
  /** Region of the control plane. */
  readonly location: string;
  /** Zones of the nodes, or empty where Google chooses. */
  readonly zones: readonly string[];
  readonly releaseChannel: 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';
  readonly authorizedNetworks: readonly { readonly displayName: string; readonly cidr: string }[];
  readonly deletionProtection: boolean;
  readonly maintenance: {
    readonly start: string;
    readonly durationHours: number;
    readonly days: readonly string[];
  };
  /** `PROJECT.svc.id.goog`. */
  readonly workloadPool: string;
  /** E-mail of the nodes' service account. */
  readonly nodeIdentity: Identity;
  readonly nodePools: readonly NodePool[];
}

export interface NodePool extends Originated {
  readonly key: string;
  /** Name at Google. */
  readonly name: string;
  readonly machineType: string;
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly diskSizeGb: number;
  readonly diskType: string;
  readonly spot: boolean;
  readonly dedicated: boolean;
  /** Kubernetes labels, the pool's own included. */
  readonly labels: Readonly<Record<string, string>>;
  /** Taints with Google's spelling of the effect, the pool's own included. */
  readonly taints: readonly Taint[];
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NO_SCHEDULE' | 'PREFER_NO_SCHEDULE' | 'NO_EXECUTE';
}

export interface DatabaseInstance extends Originated {
  readonly key: string;
  readonly name: string;
  /** `PROJECT:REGION:INSTANCE`, what the Cloud SQL Auth Proxy connects to. */
  readonly connectionName: string;
  /** For example `POSTGRES_18`. */
  readonly version: string;
  readonly edition: 'ENTERPRISE' | 'ENTERPRISE_PLUS';
  readonly tier: string;
  readonly diskSizeGb: number;
  readonly highAvailability: boolean;
  readonly backups: {
    readonly start: string;
    readonly retained: number;
    readonly transactionLogDays: number;
  };
  /** Flags asked for in the configuration; the construct lays them over its own. */
  readonly flags: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  readonly databases: readonly Database[];
  /** IAM logins; what each may do is granted by {@link DatabaseInstance.bootstrap}. */
  readonly users: readonly DatabaseUser[];
  /** The Job that gives the IAM users their rights; null where there is no user. */
  readonly bootstrap: DatabaseBootstrap | null;
}

export interface Database extends Originated {
  /** Key of the instance. */
  readonly instance: string;
  /** Name in PostgreSQL. */
  readonly name: string;
}

/** An IAM login of a service account on an instance. */
export interface DatabaseUser extends Originated {
  /** Name in PostgreSQL: the service account's e-mail without `.gserviceaccount.com`. */
  readonly name: string;
  /** Key of the identity. */
  readonly identity: string;
  /** Namespace of the workload that logs in. */
  readonly namespace: string;
  /** Names of the databases that it owns the contents of. */
  readonly databases: readonly string[];
}

export interface DatabaseBootstrap extends Originated {
  /** Built-in login that grants; its password exists only in Secret Manager. */
  readonly adminUser: string;
  readonly adminPassword: SecretValue;
  readonly namespace: string;
  readonly identity: Identity;
  readonly placement: Placement;
  readonly image: Image;
  readonly proxyImage: Image;
  readonly connectionName: string;
  readonly secret: Secret;
}

export interface Registry extends Originated {
  readonly key: string;
  readonly name: string;
  readonly format: 'docker' | 'python';
  readonly immutableTags: boolean;
  readonly keepVersions: number;
  /** `REGION-docker.pkg.dev/PROJECT/NAME`. */
  readonly host: string;
}

export interface Bucket extends Originated {
  readonly key: string;
  readonly name: string;
  readonly location: string;
  /** What it is for, one sentence; shown as a label and in the graph. */
  readonly purpose: 'terraform-state' | 'pipeline-state' | 'airflow-logs';
  /** Keys of identities that may read and write objects. */
  readonly writers: readonly string[];
}

/** A secret: some values under one name, used in some namespaces. */
export interface Secret extends Originated {
  readonly key: string;
  readonly values: readonly SecretValue[];
  readonly namespaces: readonly string[];
  /** Keys of identities that may read all its values. */
  readonly readers: readonly string[];
}

/** One value: a secret in Secret Manager. */
export interface SecretValue extends Originated {
  /** The key in Kubernetes and the file's name. */
  readonly key: string;
  /** Name of the secret at Google, the `secret_id`. */
  readonly secretId: string;
  /** Made by Terraform without entering the state, or filled by a person. */
  readonly source: 'person' | 'generated';
  /** Format of a generated value. */
  readonly format: 'alphanumeric' | 'fernet';
}

/** A Google service account, and the Kubernetes service account that acts as it. */
export interface Identity extends Originated {
  /** For example `meltano-gitlab`. */
  readonly key: string;
  readonly accountId: string;
  readonly email: string;
  /** `serviceAccount:EMAIL`. */
  readonly member: string;
  readonly displayName: string;
  /** Roles on the project. */
  readonly projectRoles: readonly string[];
  /** The Kubernetes service account; null for nodes. */
  readonly kubernetes: KubernetesIdentity | null;
}

export interface KubernetesIdentity {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** `serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME]`. */
  readonly member: string;
}

export interface Namespace extends Originated {
  readonly name: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A container image. */
export interface Image {
  /** What a pod names: with a digest where one is known. */
  readonly reference: string;
  /** Whether the reference holds a digest. */
  readonly pinned: boolean;
}

/** Where pods go. */
export interface Placement {
  readonly pool: string | null;
  /** Node labels that a pod requires. */
  readonly nodeSelector: Readonly<Record<string, string>>;
  /** Taints that a pod tolerates. */
  readonly tolerations: readonly Taint[];
}

/** Requests and limits, as Kubernetes quantities. */
export interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** An environment variable of a container, sorted by name. */
export type EnvVar =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly secret: string; readonly key: string };

/** Connections that a workload may open, beside DNS. */
export interface Egress {
  readonly cidr: string;
  /** Ranges inside cidr that stay closed. */
  readonly except: readonly string[];
  readonly ports: readonly number[];
}

/** A database reached through the Cloud SQL Auth Proxy in the same pod, at 127.0.0.1:5432. */
export interface DatabaseAccess {
  readonly instance: string;
  readonly database: string;
  readonly connectionName: string;
  /** IAM login name; the proxy logs in with it, so no password exists. */
  readonly iamUser: string;
  readonly proxyImage: Image;
}

/** What all workloads have. */
export interface Workload extends Originated {
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly identity: Identity;
  readonly image: Image;
  /** Ids that the processes run as; Airflow's image is made for user 50000 of group 0. */
  readonly runAs: { readonly user: number; readonly group: number };
  readonly placement: Placement;
  readonly env: readonly EnvVar[];
  readonly egress: readonly Egress[];
  /** The secrets that env names, once each, sorted. */
  readonly secrets: readonly Secret[];
}

export interface Airflow extends Workload {
  readonly version: string;
  readonly database: DatabaseAccess;
  /** SQLAlchemy URL of the metadata database through the proxy; holds no password. */
  readonly connectionUrl: string;
  readonly dags: { readonly kind: 'sample' } | ({ readonly kind: 'git' } & GitSource);
  /** How many tasks run at a time: what fits into the memory of the schedulers. */
  readonly parallelism: number;
  /** `gs://BUCKET/logs`: task logs outlive their pods there. */
  readonly logsUri: string;
  /** Fernet, JWT and API keys: generated, mounted as files (keys `fernet-key`, `jwt-secret`, `api-secret-key`). */
  readonly keys: Secret;
  readonly gitSyncImage: Image;
  readonly resources: {
    readonly apiServer: Resources;
    readonly scheduler: Resources;
    readonly dagProcessor: Resources;
    readonly triggerer: Resources;
  };
  readonly replicas: { readonly apiServer: number; readonly scheduler: number };
}

export interface GitSource {
  readonly url: string;
  readonly ref: string;
  readonly path: string;
  readonly periodSeconds: number;
}

export interface Meltano extends Workload {
  /** Folder of the project in the image; `.meltano/run`, `.meltano/logs` and /tmp must be writable below a read-only root. */
  readonly directory: string;
  /** `gs://BUCKET/state`, or null where meltano.yml says where state is. */
  readonly stateUri: string | null;
  readonly stateBucket: string | null;
  readonly database: DatabaseAccess | null;
  readonly resources: Resources;
  readonly scheduler: MeltanoScheduler | null;
}

export interface MeltanoScheduler extends Originated {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
}

export interface Pipeline extends Workload {
  /** Key of the Meltano project. */
  readonly meltano: string;
  /** Name of the CronJob. */
  readonly name: string;
  /** Folder of the project in the image. */
  readonly directory: string;
  /** Arguments of `meltano run`. */
  readonly run: readonly string[];
  readonly schedule: string | null;
  readonly timeZone: string;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly suspended: boolean;
  readonly database: DatabaseAccess | null;
  readonly stateUri: string | null;
  readonly resources: Resources;
}
