import type { Construct } from 'constructs';
import { type DatabaseGrantee, type DatabaseShares, renderGrants } from './database-grants';
import type { DatabaseRoleGrants } from './database-roles';
import { PsqlJob, type PsqlJobProps } from './psql-job';
import type { SecretKey } from './secret-delivery';

export interface DatabaseBootstrapJobProps extends Omit<PsqlJobProps, 'user' | 'password' | 'sql' | 'asked'> {
  /** Built-in login that grants. */
  readonly adminUser: string;
  /** Secret and key that hold its password. */
  readonly adminPassword: SecretKey;
  readonly grantees: readonly DatabaseGrantee[];
  /**
   * Roles and their members, and logins with a password.
   * @default - those that are there are left as they are
   */
  readonly shared?: Omit<DatabaseShares, 'logins'> & {
    readonly logins: readonly { readonly name: string; readonly password: SecretKey }[];
  };
  /**
   * Roles that came with a copy and that get members.
   * @default - none
   */
  readonly joined?: readonly DatabaseRoleGrants[];
}

/**
 * Gives logins their rights, once for each version of those rights.
 *
 * The Google provider can make IAM logins but not grant to them.
 */
export class DatabaseBootstrapJob extends PsqlJob {
  constructor(scope: Construct, id: string, props: DatabaseBootstrapJobProps) {
    const { adminUser, adminPassword, grantees, shared, joined, ...rest } = props;
    const names = shared?.logins.map(({ name }) => name) ?? [];
    super(scope, id, {
      ...rest,
      user: adminUser,
      password: adminPassword,
      sql: renderGrants(
        grantees,
        shared === undefined ? undefined : { roles: shared.roles, logins: names },
        joined,
      ),
      asked: shared?.logins.map(({ password }) => password) ?? [],
    });
  }
}
