import type { ObjectAdvice } from './advice';

/** The disk behind a claim. */
export const volume: ObjectAdvice = {
  kinds: ['PersistentVolume'],
  lost: 'The disk goes with it where its reclaim policy says Delete.',
  anew: () =>
    'Make a volume with a new name for the same disk, after its reclaim policy is Retain, and a claim that names it.',
};
