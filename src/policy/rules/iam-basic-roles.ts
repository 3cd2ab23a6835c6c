import { grantRule } from '../iam';

export const iamBasicRoles = grantRule({
  id: 'TL-IAM-001',
  title: 'Somebody is given a basic role',
  severity: 'error',
  why: 'Owner, editor and viewer hold thousands of rights in every service, those of tomorrow included',
  fix: 'give the predefined roles that the work needs',
  see: 'https://cloud.google.com/iam/docs/roles-overview#basic',
  finds: ({ role, rolePath }) =>
    /^roles\/(owner|editor|viewer|admin|writer|reader)$/.test(role)
      ? [{ path: rolePath, found: role, wanted: 'a predefined or custom role' }]
      : [],
});
