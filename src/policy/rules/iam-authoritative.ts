import { notApplicable, type Rule } from '../types';

export const iamAuthoritative: Rule = {
  id: 'TL-IAM-006',
  title: 'A grant takes the role from everybody else',
  severity: 'error',
  why: 'A policy or binding on a project replaces all others, those of the agents of Google included, and locks people out',
  fix: 'use the *_iam_member resource',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam',
  checks: (resource) => {
    if (resource.kind !== 'terraform' || !/^google_.*_iam_(member|binding|policy)$/.test(resource.type)) {
      return notApplicable;
    }
    if (!/^google_(project|folder|organization)_iam_(binding|policy)$/.test(resource.type)) {
      return { outcome: 'compliant' };
    }
    const violation = { path: 'role', found: resource.type, wanted: 'an *_iam_member for each member' };
    return { outcome: 'non-compliant', violations: [violation] };
  },
};
