import type { ConfigPath } from '../config/problem';
import type { Renames } from './types/renames';
import type { CronJobSettings } from './types/cron-job';
import type { Cluster, Taint } from './types/cluster';
import type { DatabaseAccess, DatabaseInstance } from './types/database';
import type { Identity } from './types/identity';
import type { Network } from './types/network';
import type { Originated } from './types/originated';
import type { ProjectAccess } from './types/access';
import type { Airflow } from './types/airflow';
import type { Edge } from './types/edge';
import type { Ingress } from './types/ingress';
import type { Operations } from './types/operations';
import type { Encryption } from './types/encryption';
import type { Topic } from './types/messaging';
import type { GateWaiver, Waiver } from './types/policy';
import type { AirflowPipelines } from './types/pipelines';
import type { Operator } from './types/operators';
import type { GithubRunner, GitlabRunner } from './types/runners';
import type { Access, Bucket, Registry } from './types/storage';

export type * from './types/renames';
export type * from './types/cluster';
export type * from './types/database';
export type * from './types/identity';
export type * from './types/network';
export type { Originated } from './types/originated';
export type * from './types/access';
export type * from './types/airflow';
export type * from './types/edge';
export type * from './types/ingress';
export type * from './types/operations';
export type * from './types/encryption';
export type * from './types/messaging';
export type * from './types/storage';
export type * from './types/pipelines';
export type * from './types/operators';
export type * from './types/policy';
export type * from './types/runners';

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
  /** The bucket that is told who read and wrote in the others, made before them; null where there is none of ours. */
  readonly accessLogBucket: Bucket | null;
  readonly topics: readonly Topic[];
  /** Customer-managed keys; null where Google's own encrypt. */
  readonly encryption: Encryption | null;
  readonly secrets: readonly Secret[];
  readonly secretDelivery: 'addon' | 'external-secrets' | 'manual';
  readonly identities: readonly Identity[];
  readonly namespaces: readonly Namespace[];
  readonly airflow: readonly Airflow[];
  readonly meltano: readonly Meltano[];
  /** Those that CronJobs run. */
  readonly pipelines: readonly Pipeline[];
  /** Those that an Airflow runs, one entry for each Airflow. */
  readonly airflowPipelines: readonly AirflowPipelines[];
  readonly gitlabRunners: readonly GitlabRunner[];
  readonly githubRunners: readonly GithubRunner[];
  /** What the manifests rely on that is no part of GKE; none with the defaults. */
  readonly operators: readonly Operator[];
  /** Whether the manifests tell Argo CD their order. */
  readonly syncWaves: boolean;
  /** Findings of the policy that are accepted for a time; nothing that is made depends on them. */
  readonly waivers: readonly Waiver[];
  /** What gates of the review are told to let pass for a time. */
  readonly gateWaivers: readonly GateWaiver[];
  readonly edge: Edge;
  /** The way in from outside; null where there is none. */
  readonly ingress: Ingress | null;
  readonly access: ProjectAccess;
  readonly operations: Operations;
  /** Keys that were renamed; null where none was. */
  readonly renames: Renames | null;
}

/** A secret: some values under one name, used in some namespaces. */
export interface Secret extends Originated {
  readonly key: string;
  readonly values: readonly SecretValue[];
  readonly namespaces: readonly string[];
  /** Keys of identities that may read all its values. */
  readonly readers: readonly string[];
  /** Who else may, as the configuration says. */
  readonly access: readonly Access[];
  /** Regions that hold the values; empty where Google chooses. */
  readonly regions: readonly string[];
  /** The reminder that the values have to be changed. */
  readonly rotation: {
    readonly periodDays: number;
    /** Key of the topic. */
    readonly topic: string;
    /** `projects/P/topics/T`. */
    readonly topicId: string;
  } | null;
  /** How long a destroyed version can be brought back, in days. */
  readonly destroyTtlDays: number;
  readonly deletionProtection: boolean;
}

/** One value: a secret in Secret Manager. */
export interface SecretValue extends Originated {
  /** The key in Kubernetes and the file's name. */
  readonly key: string;
  /** The only namespace that it is for; null where all namespaces of the secret share it. */
  readonly namespace: string | null;
  /** Name of the secret at Google, the `secret_id`. */
  readonly secretId: string;
  /** Made by Terraform without entering the state, or filled by a person. */
  readonly source: 'person' | 'generated';
  /** Format of a generated value. */
  readonly format: 'alphanumeric' | 'fernet';
}

export interface Namespace extends Originated {
  readonly name: string;
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What all pods together may request, by the names of Kubernetes' quotas, for example `requests.cpu`. */
  readonly quota: Readonly<Record<string, string>>;
  /** What a container gets that says nothing itself. */
  readonly containerDefaults: Resources;
}

/** A container image. */
export interface Image {
  /** What a pod names: with a digest where one is known. */
  readonly reference: string;
  /** Whether the reference holds a digest. */
  readonly pinned: boolean;
  /** What `images.lock` calls it: by its tag; null where the configuration names a digest itself. */
  readonly lockName: string | null;
  /** Where the configuration names it; null where it comes with what runs it. */
  readonly namedAt: ConfigPath | null;
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

export interface Meltano extends Workload {
  /** Folder of the project in the image; `.meltano/run`, `.meltano/logs` and /tmp must be writable below a read-only root. */
  readonly directory: string;
  /** What tasks are given to, such as `meltano run`. */
  readonly runCommand: readonly string[];
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
  /** What runs to its end before; null for the default of the command. */
  readonly prepare: readonly string[] | null;
}

export interface Pipeline extends Workload {
  /** Key of the Meltano project. */
  readonly meltano: string;
  /** Name of the CronJob. */
  readonly name: string;
  /** Folder of the project in the image. */
  readonly directory: string;
  /** What is given its tasks, such as `meltano run`. */
  readonly runCommand: readonly string[];
  /** Its tasks. */
  readonly run: readonly string[];
  readonly schedule: string | null;
  readonly timeZone: string;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly suspended: boolean;
  readonly cronJob: CronJobSettings;
  readonly database: DatabaseAccess | null;
  readonly stateUri: string | null;
  readonly resources: Resources;
}
