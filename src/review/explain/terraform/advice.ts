/** What the loss of a kind of resource means, and what to do instead. */
export interface Advice {
  readonly types: RegExp;
  /** What is gone with it, in whole sentences. */
  readonly lost: string;
  /** How to get a changed one without losing the old one first, after "To avoid that, …"; without, nothing special. */
  readonly instead?: string;
}
