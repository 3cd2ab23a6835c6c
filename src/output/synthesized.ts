import type { ConfigPath } from '../config';

/** A file that is to be written, with `/` between folders, relative to the output folder. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** Which part of the configuration a resource or an object comes from. */
export interface SourceEntry {
  /** Folder of the unit it is in: `stacks/foundation`, or the key of a cluster. */
  readonly unit: string;
  /** `google_sql_database_instance.main`, `apps/v1/Deployment/gitlab/gitlab-production`. */
  readonly address: string;
  /** Path in the construct tree. */
  readonly construct: string;
  readonly origin: ConfigPath;
}

/** Terraform JSON of a stack, or an object of Kubernetes, before it became text. */
export interface OutputDocument {
  /** Folder of the unit it is in: `stacks/foundation`, or the key of a cluster. */
  readonly unit: string;
  /** Path of its file. */
  readonly file: string;
  readonly value: unknown;
}

/** What a synthesis made, in memory. */
export interface Synthesized {
  readonly files: readonly OutputFile[];
  /** What the files hold, as plain values: whoever judges the output need not parse it again. */
  readonly documents: readonly OutputDocument[];
  readonly sources: readonly SourceEntry[];
  /** How many resources or objects there are. */
  readonly resources: number;
}
