import type { ObjectAdvice } from './advice';

/** Everything in one. */
export const namespace: ObjectAdvice = {
  kinds: ['Namespace'],
  lost: 'Everything in it goes with it, claims and their volumes included.',
};
