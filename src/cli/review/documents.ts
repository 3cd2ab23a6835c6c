import type { OutputDocument } from '../../output';
import { documentsIn, type Side } from '../../review';

/** What a side of a review holds, as the policy reads it. */
export function documentsOf(side: Side): readonly OutputDocument[] {
  return documentsIn(side).map(({ unit, file, value }) => ({ unit, file, value }));
}
