import type { Advice } from './advice';

/** Grants that name everybody who has a role. */
export const grantBinding: Advice = {
  types: /_iam_(binding|policy)$/,
  lost: 'Everybody who has the role by it loses it, those who were added by hand as well.',
  instead: 'use one grant for each member, and take this one away later',
};
