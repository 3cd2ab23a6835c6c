import { attributeRule } from '../attributes';
import { isSymmetricKey } from '../conditions';
import { lastingAtMost } from '../durations';

export const kmsRotation = attributeRule({
  id: 'TL-KMS-001',
  title: 'A key is never renewed',
  severity: 'error',
  why: 'A key that leaked once opens everything for good',
  fix: 'set rotation_period to at most 7776000s, 90 days',
  see: 'https://cloud.google.com/kms/docs/key-rotation',
  types: ['google_kms_crypto_key'],
  when: isSymmetricKey,
  expects: {
    rotation_period: lastingAtMost(7_776_000),
  },
});
