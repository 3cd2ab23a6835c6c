import { atLeast, attributeRule } from '../attributes';

export const bucketSoftDelete = attributeRule({
  id: 'TL-GCS-004',
  title: 'Deleted objects of a bucket are gone at once',
  severity: 'warning',
  why: 'A mistake cannot be taken back',
  fix: 'set soft_delete_policy.retention_duration_seconds to at least 604800, seven days',
  see: 'https://cloud.google.com/storage/docs/soft-delete',
  types: ['google_storage_bucket'],
  expects: {
    'soft_delete_policy.retention_duration_seconds': atLeast(604_800),
  },
});
