import type { Originated } from './originated';

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
