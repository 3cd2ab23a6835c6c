import type { ObjectAdvice } from './advice';

/** How volumes are made. */
export const storageClass: ObjectAdvice = {
  kinds: ['StorageClass', 'VolumeSnapshotClass'],
  lost: 'New claims that name it wait for ever; volumes that there are stay.',
  anew: () => 'Make a class with a new name and name it in new claims; those that there are keep theirs.',
};
