import { attributeRule, oneOf } from '../attributes';

export const bucketForceDestroy = attributeRule({
  id: 'TL-GCS-005',
  title: 'Terraform may destroy a bucket that is not empty',
  severity: 'error',
  why: 'One wrong plan takes the data away',
  fix: 'set force_destroy to false, in so many words',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/storage_bucket#force_destroy',
  types: ['google_storage_bucket'],
  expects: {
    force_destroy: oneOf(false),
  },
});
