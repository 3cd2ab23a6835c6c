import { attributeRule, oneOf } from '../attributes';

export const bucketPublicAccess = attributeRule({
  id: 'TL-GCS-002',
  title: 'A bucket can be made public',
  severity: 'error',
  why: 'One wrong grant then shows its content to the internet',
  fix: 'set public_access_prevention to enforced',
  see: 'https://cloud.google.com/storage/docs/public-access-prevention',
  types: ['google_storage_bucket'],
  expects: {
    public_access_prevention: oneOf('enforced'),
  },
});
