import type { ObjectAdvice } from './advice';

/** Ways in from outside. */
export const entrance: ObjectAdvice = {
  kinds: ['Ingress', 'Gateway', 'HTTPRoute', 'GRPCRoute'],
  lost: 'Nobody is answered through it any more; its address goes unless it is reserved.',
};
