import type { Advice } from './advice';

/** Reserved addresses. */
export const address: Advice = {
  types: /^google_compute_(global_)?address$/,
  lost: 'The address goes back to Google and is not had again: names that lead to it and lists of allowed addresses elsewhere have to change.',
  instead:
    'reserve the new address under a key of its own, change names and lists, and release the old one later',
};
