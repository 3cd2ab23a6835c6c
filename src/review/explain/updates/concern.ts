import type { Severity } from '../../types';

/** An attribute that changes in place. */
export interface Edit {
  /** Dotted, without indexes. */
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** An update that a person should look at, although nothing is destroyed by it. */
export interface Concern {
  readonly types: RegExp;
  readonly holds: (edit: Edit) => boolean;
  readonly severity: Exclude<Severity, 'info'>;
  /** What comes of it and how to do without, in whole sentences. */
  readonly says: string;
}
