import { attributeRule, matching, oneOf } from '../attributes';
import { lastingAtLeast } from '../durations';

export const kmsStrength = attributeRule({
  id: 'TL-KMS-003',
  title: 'What a key is, is not said',
  severity: 'warning',
  why: 'Purpose, algorithm and protection cannot be changed later, and a destroyed version cannot come back after its time',
  fix: 'set purpose, version_template and a destroy_scheduled_duration of at least a week',
  see: 'https://cloud.google.com/kms/docs/algorithms',
  types: ['google_kms_crypto_key'],
  expects: {
    purpose: oneOf('ENCRYPT_DECRYPT', 'ASYMMETRIC_SIGN', 'ASYMMETRIC_DECRYPT', 'MAC'),
    'version_template.algorithm': matching(
      /^(GOOGLE_SYMMETRIC_ENCRYPTION|EC_|RSA_|HMAC_)/,
      'GOOGLE_SYMMETRIC_ENCRYPTION or another of Cloud KMS',
    ),
    'version_template.protection_level': oneOf('SOFTWARE', 'HSM', 'EXTERNAL', 'EXTERNAL_VPC'),
    destroy_scheduled_duration: lastingAtLeast(604_800),
  },
});
