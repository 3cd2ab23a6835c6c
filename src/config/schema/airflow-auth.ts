import * as z from 'zod';
import { namedSecret } from './common';

/** What may be done with a resource, in the words of the FAB auth manager. */
export const fabActions = ['can_read', 'can_edit', 'can_create', 'can_delete', 'menu_access'] as const;

const roleName = z
  .string()
  .regex(/^[A-Za-z][\w -]{0,62}\w$/, 'letters, digits, underscores, hyphens and blanks, at most 64 characters');

const roleNames = z.array(z.string()).min(1);

const oauth = z.strictObject({
  issuer: z
    .string()
    .regex(/^https:\/\/[^\s?#]+$/, 'an https address without ? and #, for example https://accounts.google.com')
    .describe('Who signs people in, by OpenID Connect: the address below which .well-known/openid-configuration is, for example https://accounts.google.com or https://gitlab.com.'),
  clientId: namedSecret.describe('Client id. Register https://HOST/auth/oauth-authorized/sso with the issuer (2.11: https://HOST/oauth-authorized/sso).'),
  clientSecret: namedSecret.describe('Secret of the client.'),
  scopes: z.array(z.string().min(1)).default([]).describe('Scopes beside openid, email and profile, for example groups.'),
  groupsClaim: z
    .string()
    .min(1)
    .default('groups')
    .describe('Claim of the issuer that lists the groups of a person. GitLab: groups_direct.'),
  groups: z
    .record(z.string().min(1), roleNames)
    .default({})
    .describe('Roles by group of the issuer. They are set anew at every login, as those of people are.'),
  people: z
    .record(
      z.string().regex(/^[^\s@]*@([a-z0-9-]+\.)+[a-z]{2,}$/, 'an e-mail address, or @ and a domain, in lower case'),
      roleNames,
    )
    .default({})
    .describe('Roles by e-mail address (somebody@example.com) or by domain (@example.com). They count only where the issuer has verified the address.'),
  defaultRole: z
    .string()
    .default('Public')
    .describe('Role that everybody gets who signs in, beside those of groups. Default: Public, which may do nothing.'),
});

/** Who may do what in Airflow: roles, people and where they sign in. */
export const auth = z.strictObject({
  roles: z
    .record(roleName, z.record(z.string().min(1), z.array(z.enum(fabActions)).min(1)))
    .default({})
    .describe('Roles beside Public, Viewer, User, Op and Admin: for each the resources, and what may be done with them. They have exactly these permissions; one that is removed here stays until it is deleted by hand.'),
  users: z
    .record(
      z.string().regex(/^[A-Za-z0-9][\w.@+-]{0,63}$/, 'letters, digits and . @ + _ -, at most 64 characters'),
      z.strictObject({
        email: z.email('an e-mail address').describe('E-mail address.'),
        firstName: z.string().min(1).optional().describe('First name. Default: the login.'),
        lastName: z.string().min(1).optional().describe('Last name. Default: the login.'),
        roles: roleNames.describe('Roles; they are set anew by every change here.'),
        password: namedSecret.describe('The first password; the person may change it.'),
      }),
    )
    .default({})
    .describe('People who sign in with a password, by login. With oauth there are none.'),
  oauth: oauth.optional().describe('Sign-in by OpenID Connect. Needs host. Default: passwords in the database of Airflow.'),
});
export type AirflowAuthConfig = z.infer<typeof auth>;
