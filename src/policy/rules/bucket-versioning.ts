import { attributeRule, oneOf } from '../attributes';
import { hasNoRetention } from '../conditions';

export const bucketVersioning = attributeRule({
  id: 'TL-GCS-003',
  title: 'A bucket keeps no older versions',
  severity: 'error',
  why: 'What is overwritten by mistake is lost',
  fix: 'set versioning.enabled to true',
  see: 'https://cloud.google.com/storage/docs/object-versioning',
  types: ['google_storage_bucket'],
  when: hasNoRetention,
  expects: {
    'versioning.enabled': oneOf(true),
  },
});
