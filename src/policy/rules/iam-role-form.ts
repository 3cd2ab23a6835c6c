import { grantRule } from '../iam';

export const iamRoleForm = grantRule({
  id: 'TL-IAM-005',
  title: 'A grant names no role',
  severity: 'error',
  why: 'Google refuses it only when it is applied',
  fix: 'write roles/SERVICE.ROLE, or projects/P/roles/ROLE for a custom one',
  see: 'https://cloud.google.com/iam/docs/roles-overview',
  finds: ({ role, rolePath }) =>
    role.includes('${') || /^(roles|(projects|organizations)\/[^/]+\/roles)\/[A-Za-z0-9._]+$/.test(role)
      ? []
      : [{ path: rolePath, found: role === '' ? 'nothing' : role, wanted: 'roles/SERVICE.ROLE' }],
});
