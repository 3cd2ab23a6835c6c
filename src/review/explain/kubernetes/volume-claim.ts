import type { ObjectAdvice } from './advice';

/** What a pod has its volume by. */
export const volumeClaim: ObjectAdvice = {
  kinds: ['PersistentVolumeClaim'],
  lost: 'Its volume, with everything on it, goes with it where the class or the volume says Delete.',
  anew: () =>
    'A claim never shrinks and never changes its class. Make one with a new name, copy the data in a pod that mounts both, and let the workload use it.',
};
