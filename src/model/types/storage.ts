import type { Originated } from './originated';

/** Somebody who is let in, by one role. */
export interface Access extends Originated {
  /** What tells it from others of the same resource: the key of its identity, or the member itself. */
  readonly key: string;
  /** IAM member, for example `group:analysts@example.com`. */
  readonly member: string;
  /** Key of the identity of this platform that it is; null for everybody else. */
  readonly identity: string | null;
  /** For example `roles/storage.objectViewer`. */
  readonly role: string;
}

export interface Registry extends Originated {
  readonly key: string;
  readonly name: string;
  readonly format: 'docker' | 'python';
  /** The public registry that it fetches from; null for one of our own. */
  readonly mirror: RegistryMirror | null;
  readonly immutableTags: boolean;
  readonly keepVersions: number;
  readonly vulnerabilityScanning: 'project' | 'on' | 'off';
  readonly access: readonly Access[];
  /** `REGION-docker.pkg.dev/PROJECT/NAME`. */
  readonly host: string;
}

export interface RegistryMirror {
  /** For example `docker-hub`. */
  readonly upstream: 'docker-hub' | 'ghcr' | 'quay' | 'registry-k8s-io' | 'pypi';
  /** What images of it begin with, for example `docker.io`; null where it holds none. */
  readonly imageHost: string | null;
}

export interface Bucket extends Originated {
  readonly key: string;
  readonly name: string;
  /** Whether somebody else makes it. */
  readonly existing: boolean;
  readonly location: string;
  /** What it is for; shown as a label and in the graph. */
  readonly purpose: 'terraform-state' | 'pipeline-state' | 'airflow-logs' | 'access-logs' | 'data';
  readonly storageClass: 'STANDARD' | 'NEARLINE' | 'COLDLINE' | 'ARCHIVE';
  readonly lifecycle: readonly LifecycleRule[];
  readonly versioning: boolean;
  /** How long old versions are kept, in days. */
  readonly noncurrentDays: number;
  readonly retention: { readonly days: number; readonly locked: boolean } | null;
  readonly softDeleteDays: number;
  /** Name of the bucket that is told who read and wrote. */
  readonly accessLogBucket: string | null;
  /** Keys of identities that may read and write objects. */
  readonly writers: readonly string[];
  /** Who else may, as the configuration says. */
  readonly access: readonly Access[];
  readonly notifications: readonly BucketNotification[];
}

export interface LifecycleRule {
  readonly ageDays: number;
  readonly action: 'NEARLINE' | 'COLDLINE' | 'ARCHIVE' | 'delete';
  readonly prefix: string | null;
}

export interface BucketNotification extends Originated {
  readonly key: string;
  /** Key of the topic. */
  readonly topic: string;
  /** `projects/P/topics/T`. */
  readonly topicId: string;
  readonly events: readonly string[];
  readonly prefix: string | null;
}
