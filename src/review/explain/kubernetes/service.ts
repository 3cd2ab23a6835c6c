import { code } from '../code';
import type { ObjectAdvice } from './advice';

/** The address of pods. */
export const service: ObjectAdvice = {
  kinds: ['Service'],
  lost: 'Its name leads nowhere, and an address of a load balancer goes back to Google.',
  anew: ({ object, place }) =>
    `Leave the field out to keep what it has; or ${code(`kubectl delete ${object}${place}`)}, then apply: its address changes, and nobody is answered in between.`,
};
