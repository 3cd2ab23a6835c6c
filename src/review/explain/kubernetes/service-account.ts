import type { ObjectAdvice } from './advice';

/** Who pods are. */
export const serviceAccount: ObjectAdvice = {
  kinds: ['ServiceAccount'],
  lost: 'Pods that run as it cannot start, and its tokens are worth nothing.',
};
