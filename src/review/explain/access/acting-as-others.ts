import type { AccessRule } from './rule';

/** Rights that let somebody become somebody else, or give rights away. */
export const actingAsOthers: AccessRule = {
  applies: (_, gained) =>
    /\broles\/(iam\.(serviceAccount(TokenCreator|User|KeyAdmin|Admin)|securityAdmin|workloadIdentityUser)|resourcemanager\.\w*IamAdmin)\b|\b(escalate|impersonate|bind)\b|setIamPolicy|getAccessToken|serviceAccounts\.(actAs|signJwt)/.test(
      gained,
    ),
  sentence:
    'With it, one can act as somebody else or give rights away, so it is worth whatever those others may do. To avoid it, grant it on the one service account or role that is meant, not on the project or with a wildcard.',
};
