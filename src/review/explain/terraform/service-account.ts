import type { Advice } from './advice';

/** Service accounts. */
export const serviceAccount: Advice = {
  types: /^google_service_account$/,
  lost: 'Everything that was granted to it is granted to nobody: a new one of the same name is somebody else, and grants made outside have to be made again.',
  instead: 'give the new account a key of its own, grant it what it needs, and take the old one away later',
};
