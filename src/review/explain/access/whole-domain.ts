import type { AccessRule } from './rule';

/** `domain:example.com`. */
export const wholeDomain: AccessRule = {
  applies: ({ principal }) => principal.startsWith('domain:'),
  sentence:
    'Everybody with an account of the domain may do this, also those who come later. To avoid it, name a group of those who need it.',
};
