import type { Advice } from './advice';

/** Pools that let identities from elsewhere in. */
export const federation: Advice = {
  types: /^google_iam_workload(_identity|force)_pool/,
  lost: 'Whoever signs in by it is locked out; it is deleted softly and its id stays taken for 30 days.',
  instead: 'make the new one under another id, let the jobs change, and take the old one away later',
};
