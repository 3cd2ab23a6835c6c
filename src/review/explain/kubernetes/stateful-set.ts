import { code } from '../code';
import type { ObjectAdvice } from './advice';

/** Pods with volumes of their own. */
export const statefulSet: ObjectAdvice = {
  kinds: ['StatefulSet'],
  lost: 'Its pods stop; their volumes stay unless its retention policy says Delete.',
  anew: ({ object, place }) =>
    `To keep its pods and volumes: ${code(`kubectl delete ${object}${place} --cascade=orphan`)}, then apply. Claims that exist keep their size and class.`,
};
