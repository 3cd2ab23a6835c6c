/** An object in the words of kubectl. */
export interface Named {
  /** `job/migrate`. */
  readonly object: string;
  /** ` -n main`, or nothing. */
  readonly place: string;
}

/** What the loss of a kind of object means, and how to have a changed one. */
export interface ObjectAdvice {
  readonly kinds: readonly string[];
  /** What goes with it, in whole sentences. */
  readonly lost?: string;
  /** What to do where a field of it cannot change. */
  readonly anew?: (named: Named) => string;
}
