import type { Advice } from './advice';

/** Buckets. */
export const bucket: Advice = {
  types: /^google_storage_bucket$/,
  lost: 'Its objects are deleted with it where force_destroy is set; else the apply fails. Anybody may take its name afterwards.',
  instead:
    'give the new bucket a key of its own, copy the objects (gcloud storage rsync), and take the old one away later',
};
