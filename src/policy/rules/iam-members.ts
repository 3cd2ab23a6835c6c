import { grantRule } from '../iam';

/** Kinds of members that name somebody. */
const kinds =
  /^(user|group|serviceAccount|principal|principalSet|domain|projectOwner|projectEditor|projectViewer):/;

export const iamMembers = grantRule({
  id: 'TL-IAM-003',
  title: 'A role is given to nobody in particular',
  severity: 'warning',
  why: 'Whole domains, whole pools, the basic roles of a project and its default service accounts are more than who is meant',
  fix: 'name a group, a person or a service account of its own',
  see: 'https://cloud.google.com/iam/docs/principal-identifiers',
  finds: ({ members, memberPath }) => {
    const wanted = 'a group, a person or a service account of its own';
    if (members.length === 0) return [{ path: memberPath, found: 'nobody', wanted }];
    return members
      .filter(
        (member) =>
          !member.includes('${') &&
          !/^all(Authenticated)?Users$/i.test(member) &&
          (!kinds.test(member) ||
            /^(domain|projectOwner|projectEditor|projectViewer):/.test(member) ||
            /^principalSet:.*\/\*$/.test(member) ||
            /^serviceAccount:.*(-compute@developer|@appspot)\.gserviceaccount\.com$/.test(member)),
      )
      .map((member) => ({ path: memberPath, found: member, wanted }));
  },
});
