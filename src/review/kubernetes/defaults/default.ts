import type { Tree } from '../../types';

/** Where a value is missing. */
export interface Place {
  /** The object that misses it. */
  readonly parent: Tree;
  /** Its dotted field within the whole, without indexes. */
  readonly field: string;
  /** Kind of the whole. */
  readonly kind: string;
}

/** What the API server puts where nothing is: a value, or one that depends on what stands beside it. */
export type Default = string | number | boolean | Tree | readonly unknown[] | ((place: Place) => unknown);

/** By Go type, then by field. */
export type Defaults = Readonly<Record<string, Readonly<Record<string, Default>>>>;
