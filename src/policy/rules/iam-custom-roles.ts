import { textsOf } from '../tree';
import { notApplicable, type Rule, verdictOf } from '../types';

export const iamCustomRoles: Rule = {
  id: 'TL-IAM-010',
  title: 'A custom role can give itself more rights',
  severity: 'error',
  why: 'Whoever may set policies, act as others or make keys has every right in the project',
  fix: 'remove these permissions, or give them on one resource',
  see: 'https://cloud.google.com/iam/docs/creating-custom-roles',
  checks: (resource) => {
    const types = ['google_project_iam_custom_role', 'google_organization_iam_custom_role'];
    if (resource.kind !== 'terraform' || !types.includes(resource.type)) return notApplicable;
    const strong = textsOf(resource.body.permissions).filter((permission) =>
      /\*|\.setIamPolicy$|^iam\.serviceAccounts\.(actAs|getAccessToken|signBlob|signJwt|implicitDelegation)$|^iam\.serviceAccountKeys\.create$|^iam\.roles\.(create|update)$/.test(
        permission,
      ),
    );
    return verdictOf(
      strong.map((permission) => ({
        path: 'permissions',
        found: permission,
        wanted: 'rights that give no others',
      })),
    );
  },
};
