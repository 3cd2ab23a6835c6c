import { code } from '../code';
import type { ObjectAdvice } from './advice';

/** Pods that can be made anew at any time. */
export const workload: ObjectAdvice = {
  kinds: ['Deployment', 'DaemonSet', 'ReplicaSet', 'ReplicationController'],
  lost: 'Its pods stop.',
  anew: ({ object, place }) =>
    `To serve on while the new pods start: ${code(`kubectl delete ${object}${place} --cascade=orphan`)}, then apply, then delete the old pods. Or give the new one another name and take the old one away later.`,
};
