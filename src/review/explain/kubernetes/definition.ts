import type { ObjectAdvice } from './advice';

/** Kinds that somebody defined. */
export const definition: ObjectAdvice = {
  kinds: ['CustomResourceDefinition'],
  lost: 'Every object of this kind goes with it, in all namespaces.',
  anew: () =>
    'Define the changed kind under another group or name, move the objects, and take the old definition away later: deleting it deletes them.',
};
