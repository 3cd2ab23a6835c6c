import { grantRule } from '../iam';

/** Roles by which whoever has them on a project can give himself everything else in it. */
const wide =
  /^roles\/(iam\.(serviceAccountTokenCreator|serviceAccountUser|serviceAccountAdmin|serviceAccountKeyAdmin|securityAdmin|workloadIdentityUser|workloadIdentityPoolAdmin|organizationRoleAdmin|roleAdmin)|resourcemanager\..*[aA]dmin|.*\.admin|.*[aA]dmin|secretmanager\.secretAccessor|cloudkms\.cryptoKeyDecrypter|cloudkms\.cryptoKeyEncrypterDecrypter|storage\.(legacy.*|object(Admin|Viewer|User|Creator))|artifactregistry\.(repoAdmin|writer)|cloudfunctions\.developer|run\.developer|deploymentmanager\.editor|compute\.instanceAdmin.*)$/;

/** Agents of Google itself have the roles that their products need. */
const agents =
  /@(gcp-sa-[a-z0-9-]+|[a-z0-9-]*service-agents?|container-engine-robot|gs-project-accounts|compute-system)\.iam\.gserviceaccount\.com$/;

export const iamWideRoles = grantRule({
  id: 'TL-IAM-004',
  title: 'A service account has a wide role on the whole project',
  severity: 'warning',
  why: 'It can read every secret and bucket, or give itself everything else',
  fix: 'give the role on the one secret, bucket, repository or service account that is meant',
  see: 'https://cloud.google.com/iam/docs/using-iam-securely',
  finds: ({ role, rolePath, members, isWide }) =>
    isWide &&
    wide.test(role) &&
    members.some((member) => member.startsWith('serviceAccount:') && !agents.test(member))
      ? [{ path: rolePath, found: `${role} on the project`, wanted: 'the role on one resource' }]
      : [],
});
