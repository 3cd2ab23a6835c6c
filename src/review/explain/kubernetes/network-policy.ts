import type { ObjectAdvice } from './advice';

/** What may connect to what. */
export const networkPolicy: ObjectAdvice = {
  kinds: ['NetworkPolicy'],
  lost: 'Pods that no other policy selects take and make any connection; the others lose what it allowed.',
};
