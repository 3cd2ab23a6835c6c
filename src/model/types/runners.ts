import type { Egress, Image, Placement, Resources } from '../platform';
import type { SecretKey } from './airflow';
import type { Identity } from './identity';
import type { Originated } from './originated';

/** The pods of jobs of CI. */
export interface RunnerJobs {
  readonly identity: Identity;
  readonly image: Image;
  readonly placement: Placement;
  readonly resources: Resources;
  readonly egress: readonly Egress[];
}

/** A GitLab Runner and the pods of its jobs. */
export interface GitlabRunner extends Originated {
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly identity: Identity;
  readonly url: string;
  /** Where GitLab answers, beside the internet on port 443. */
  readonly egress: readonly Egress[];
  readonly token: SecretKey;
  readonly image: Image;
  readonly helperImage: Image;
  readonly placement: Placement;
  readonly resources: Resources;
  readonly concurrent: number;
  readonly checkIntervalSeconds: number;
  readonly outputLimitKb: number;
  readonly pollTimeoutSeconds: number;
  readonly drainSeconds: number;
  readonly jobs: RunnerJobs;
}

/** Runners of GitHub Actions, made by the controller that the cluster has. */
export interface GithubRunner extends Originated {
  readonly key: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly url: string;
  /** The Kubernetes Secret that signs in to GitHub. */
  readonly secret: string;
  readonly group: string | null;
  readonly minRunners: number;
  readonly maxRunners: number;
  readonly controller: {
    readonly version: string;
    readonly namespace: string;
    readonly serviceAccount: string;
  };
  readonly jobs: RunnerJobs;
}
