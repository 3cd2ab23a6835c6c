import { attributeRule, oneOf } from '../attributes';

export const kmsDestruction = attributeRule({
  id: 'TL-KMS-002',
  title: 'Terraform may destroy a key',
  severity: 'error',
  why: 'Everything that it encrypts is then lost',
  fix: 'set lifecycle.prevent_destroy to true',
  see: 'https://cloud.google.com/kms/docs/destroy-restore',
  types: ['google_kms_crypto_key'],
  expects: {
    'lifecycle.prevent_destroy': oneOf(true),
  },
});
