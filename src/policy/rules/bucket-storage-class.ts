import { attributeRule, oneOf } from '../attributes';

export const bucketStorageClass = attributeRule({
  id: 'TL-GCS-007',
  title: 'The storage class of a bucket is not said',
  severity: 'warning',
  why: 'Colder classes cost for each read and for deleting early',
  fix: 'set storage_class',
  see: 'https://cloud.google.com/storage/docs/storage-classes',
  types: ['google_storage_bucket'],
  expects: {
    storage_class: oneOf('STANDARD', 'NEARLINE', 'COLDLINE', 'ARCHIVE'),
  },
});
