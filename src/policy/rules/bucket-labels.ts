import { attributeRule, said } from '../attributes';

export const bucketLabels = attributeRule({
  id: 'TL-GCS-008',
  title: 'A bucket has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is, or what it costs',
  fix: 'set labels',
  see: 'https://cloud.google.com/storage/docs/tags-and-labels',
  types: ['google_storage_bucket'],
  expects: {
    labels: said,
  },
});
