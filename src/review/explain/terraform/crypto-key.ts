import type { Advice } from './advice';

/** Keys of Cloud KMS. */
export const cryptoKey: Advice = {
  types: /^google_kms_(crypto_key|key_ring)/,
  lost: 'Its versions are destroyed: what was encrypted with them can never be read again. The name stays taken for good.',
  instead:
    'give the new key a name of its own, encrypt anew with it, and keep the old one as long as anything needs it',
};
