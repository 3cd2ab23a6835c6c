import { grantRule } from '../iam';

export const iamPublicMembers = grantRule({
  id: 'TL-IAM-002',
  title: 'Everybody is given a role',
  severity: 'error',
  why: 'allUsers is the internet, and allAuthenticatedUsers is everybody with an account at Google',
  fix: 'name the people, groups or service accounts',
  see: 'https://cloud.google.com/iam/docs/principals-overview',
  finds: ({ members, memberPath }) =>
    members
      .filter((member) => /^(allUsers|allAuthenticatedUsers|principalSet:\/\/goog\/public:.*)$/i.test(member))
      .map((member) => ({
        path: memberPath,
        found: member,
        wanted: 'a person, a group or a service account',
      })),
});
