import { code } from '../code';
import type { ObjectAdvice } from './advice';

/** Jobs are done once; their template never changes. */
export const job: ObjectAdvice = {
  kinds: ['Job'],
  lost: 'A run that is under way is stopped.',
  anew: ({ object, place }) =>
    `Give the Job a new name (one with a hash of its contents changes by itself), or first ${code(`kubectl delete ${object}${place}`)}.`,
};
