import type { Advice } from './advice';

/** Keys of service accounts. */
export const serviceAccountKey: Advice = {
  types: /^google_service_account_key$/,
  lost: 'Whoever holds the old key is locked out at once.',
  instead: 'add the new key first, hand it out, and take the old one away later',
};
