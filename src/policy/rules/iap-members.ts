import { grantRule } from '../iam';

export const iapMembers = grantRule({
  id: 'TL-IAP-002',
  title: 'A grant lets in who cannot log in as a person',
  severity: 'warning',
  why: 'The proxy is the login of people; an identity of a pool or of another project passes without one',
  fix: 'name people or groups; a program passes with a service account that is named',
  see: 'https://cloud.google.com/iap/docs/managing-access',
  finds: ({ resource, members, memberPath }) =>
    !resource.type.startsWith('google_iap_')
      ? []
      : members
          .filter(
            (member) =>
              /^principal(Set)?:\/\/iam\.googleapis\.com\/projects\//.test(member) ||
              /^serviceAccount:.*(-compute@developer|@appspot)\.gserviceaccount\.com$/.test(member),
          )
          .map((member) => ({
            path: memberPath,
            found: member,
            wanted: 'people, groups or one service account',
          })),
});
