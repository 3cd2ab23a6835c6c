import type { Advice } from './advice';

/** Grants to one member, beside those of others. */
export const grantMember: Advice = {
  types: /_iam_member$/,
  lost: 'In between, and where it is not granted elsewhere, the member does not have the right.',
  instead: 'add the new grant first, and take the old one away in a later change',
};
