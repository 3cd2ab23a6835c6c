import type { Originated } from './originated';

/** Who may do what in the project, beside the workloads. */
export interface ProjectAccess {
  readonly groups: readonly GroupAccess[];
  readonly roles: readonly CustomRole[];
  readonly ci: ContinuousDeployment | null;
}

export interface GroupAccess extends Originated {
  readonly key: string;
  readonly member: string;
  /** Roles on the project, each once, sorted. */
  readonly roles: readonly GrantedRole[];
  /** What it may do in every namespace, and how Kubernetes calls it; null where IAM says what it may do there. */
  readonly kubernetes: {
    readonly kind: 'Group' | 'User';
    readonly name: string;
    readonly preset: 'analyst' | 'developer' | 'engineer';
  } | null;
}

export interface GrantedRole {
  readonly role: string;
  /** Key of the custom role that it is; null for one of Google's or of others. */
  readonly custom: string | null;
}

export interface CustomRole extends Originated {
  readonly key: string;
  readonly roleId: string;
  readonly title: string;
  readonly permissions: readonly string[];
}

/** Pipelines elsewhere that deploy the platform without a key. */
export interface ContinuousDeployment extends Originated {
  readonly poolId: string;
  /** Key of the identity that they act as. */
  readonly identity: string;
  /** Keys of the identities that nodes run as: who makes a cluster must be allowed to act as them. */
  readonly nodeIdentities: readonly string[];
  readonly providers: readonly IdentityProvider[];
  /** Who builds images when a release is tagged; null where nobody does. */
  readonly images: ImageBuilder | null;
}

/** Jobs elsewhere that push images, and do nothing else. */
export interface ImageBuilder extends Originated {
  /** Key of the identity that they act as. */
  readonly identity: string;
  /** Key of the provider that signs their tokens. */
  readonly provider: IdentityProvider['key'];
  /** `principalSet://…`: the tokens that may act as the identity. */
  readonly member: string;
}

export interface IdentityProvider extends Originated {
  readonly key: 'github' | 'gitlab';
  readonly providerId: string;
  readonly displayName: string;
  readonly issuer: string;
  readonly attributeMapping: Readonly<Record<string, string>>;
  /** CEL; a token that does not fulfil it is refused. */
  readonly attributeCondition: string;
  /** `principalSet://…`: the tokens that may act as the identity. */
  readonly member: string;
}
