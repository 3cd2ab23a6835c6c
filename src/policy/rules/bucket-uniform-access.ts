import { attributeRule, oneOf } from '../attributes';

export const bucketUniformAccess = attributeRule({
  id: 'TL-GCS-001',
  title: 'Objects of a bucket have access lists of their own',
  severity: 'error',
  why: 'Who may read an object then depends on who wrote it',
  fix: 'set uniform_bucket_level_access to true',
  see: 'https://cloud.google.com/storage/docs/uniform-bucket-level-access',
  types: ['google_storage_bucket'],
  expects: {
    uniform_bucket_level_access: oneOf(true),
  },
});
