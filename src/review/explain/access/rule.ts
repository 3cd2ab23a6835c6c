import type { AccessChange } from '../../types';

/** What a person needs to know of one way in which access grows, and how to do without. */
export interface AccessRule {
  /** Whether it is about this; `gained` is the principal, the resource and what there is afterwards, as one text. */
  readonly applies: (change: AccessChange, gained: string) => boolean;
  /** What it means, and how to avoid it. */
  readonly sentence: string;
}
