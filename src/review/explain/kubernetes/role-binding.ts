import { code } from '../code';
import type { ObjectAdvice } from './advice';

/** Who has a role. */
export const roleBinding: ObjectAdvice = {
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  lost: 'Its subjects lose the rights of the role.',
  anew: ({ object, place }) =>
    `Add a binding with another name for the new role and take this one away later; or ${code(`kubectl delete ${object}${place}`)}, then apply, and nobody has the right in between.`,
};
