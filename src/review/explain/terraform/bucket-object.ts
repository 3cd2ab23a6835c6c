import type { Advice } from './advice';

/** Objects in buckets. */
export const bucketObject: Advice = {
  types: /^google_storage_(bucket_object|managed_folder|folder)$/,
  lost: 'What it holds is gone, but for the time that soft deletion or versions of the bucket keep it.',
};
