import type { AccessRule } from './rule';

/** Any other right. */
export const grant: AccessRule = {
  applies: () => true,
  sentence:
    'It may do more than before. To avoid it, grant the narrowest role, on the resource itself, and for a time where that is enough.',
};
