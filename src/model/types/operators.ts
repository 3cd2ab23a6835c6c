import type { Originated } from './originated';

/** A program that watches custom resources in a cluster, is no part of GKE, and that people install there. */
export interface Operator extends Originated {
  /** For example `external-secrets`. */
  readonly key: string;
  /** What people call it. */
  readonly title: string;
  readonly cluster: string;
  /** Namespace that it runs in. */
  readonly namespace: string;
  /** The group and version of its custom resources, for example `external-secrets.io/v1`. */
  readonly api: string;
  /** Kinds of that version that the manifests use, sorted. */
  readonly kinds: readonly string[];
  /** Installs it, once. */
  readonly install: string;
  /** What needs it, in half a sentence. */
  readonly why: string;
}
