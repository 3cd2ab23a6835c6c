import type { Advice } from './advice';

/** Roles of your own. */
export const customRole: Advice = {
  types: /^google_(project|organization)_iam_custom_role$/,
  lost: 'Whoever has it loses its permissions; it is deleted softly and its id stays taken for weeks.',
  instead: 'make the new role under another id, grant it, and take the old one away later',
};
