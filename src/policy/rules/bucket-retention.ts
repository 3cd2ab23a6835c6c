import { atLeast, attributeRule } from '../attributes';

export const bucketRetention = attributeRule({
  id: 'TL-GCS-009',
  title: 'A retention policy holds nothing',
  severity: 'error',
  why: 'Without a period, nothing is kept',
  fix: 'set retention_period to the seconds that objects are kept',
  see: 'https://cloud.google.com/storage/docs/bucket-lock',
  types: ['google_storage_bucket'],
  within: 'retention_policy',
  expects: {
    retention_period: atLeast(1),
  },
});
