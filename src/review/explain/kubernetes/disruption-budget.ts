import type { ObjectAdvice } from './advice';

/** How many pods may be missing at once. */
export const disruptionBudget: ObjectAdvice = {
  kinds: ['PodDisruptionBudget'],
  lost: 'When nodes are drained, all of its pods may go at once.',
};
