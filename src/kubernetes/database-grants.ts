import {
  type DatabaseRoleGrants,
  renderEntry,
  renderJoins,
  renderRoles,
  renderShares,
} from './database-roles';
import { quoteIdentifier } from './sql-quote';

/** A login and the databases whose contents it owns. */
export interface DatabaseGrantee {
  /** Name in PostgreSQL. */
  readonly user: string;
  readonly databases: readonly string[];
}

/** Roles of an instance, and the logins with a password that are made with them. */
export interface DatabaseShares {
  readonly roles: readonly DatabaseRoleGrants[];
  /** Names of the logins, in the order in which their passwords come. */
  readonly logins: readonly string[];
}

/**
 * SQL that gives logins their rights, for psql. Running it again changes nothing.
 *
 * Cloud SQL makes IAM logins without any right: since PostgreSQL 15 nobody but the owner may create in the schema
 * `public`. The statements are plain GRANTs, since that is all that Cloud SQL's built-in admin can do: it is a member
 * of `cloudsqlsuperuser`, which owns the databases, but no superuser, and since PostgreSQL 16 it cannot make itself a
 * member of roles that it did not create. Default privileges cover what the admin itself creates later; what the
 * logins create is shared by {@link renderOwnerGrants}.
 * @param shared roles and logins to be as told, those of before taken back; without it none is changed
 * @param joined roles that may be there, and that get members if they are
 *
 * @see https://cloud.google.com/sql/docs/postgres/users
 * @see https://www.postgresql.org/docs/current/ddl-priv.html
 */
export function renderGrants(
  grantees: readonly DatabaseGrantee[],
  shared?: DatabaseShares,
  joined: readonly DatabaseRoleGrants[] = [],
): string {
  const roles = shared?.roles ?? [];
  const databases = [...new Set([...grantees, ...roles].flatMap((one) => one.databases))].sort();
  return [
    stopAtErrors,
    ...(shared === undefined ? [] : [renderRoles(shared.roles, shared.logins)]),
    ...(joined.length === 0 ? [] : [renderJoins(joined)]),
    ...databases.map((database) => {
      const users = grantees
        .filter((grantee) => grantee.databases.includes(database))
        .map(({ user }) => user)
        .sort();
      const here = roles.filter((role) => role.databases.includes(database));
      return within(database, [
        ...users.flatMap((user) => grantsOn(database, quoteIdentifier(user))),
        ...renderEntry(database, here, users),
        ...renderShares(here),
      ]);
    }),
  ].join('\n');
}

/**
 * SQL by which an owner of tables shares them with the roles of its databases, for psql, run as that owner. Running it
 * again changes nothing.
 */
export function renderOwnerGrants(
  databases: readonly string[],
  roles: readonly DatabaseRoleGrants[],
): string {
  return [
    stopAtErrors,
    ...[...databases]
      .sort()
      .map((database) =>
        within(database, renderShares(roles.filter((role) => role.databases.includes(database)))),
      ),
  ].join('\n');
}

/** The file stops at the first error however psql is called. */
const stopAtErrors = '\\set ON_ERROR_STOP on\n';

function within(database: string, statements: readonly string[]): string {
  return `${[connectTo(database), 'BEGIN;', ...statements, 'COMMIT;'].join('\n')}\n`;
}

function grantsOn(database: string, user: string): string[] {
  return [
    `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${quoteIdentifier(database)} TO ${user};`,
    `GRANT USAGE, CREATE ON SCHEMA public TO ${user};`,
    ...['TABLES', 'SEQUENCES', 'ROUTINES', 'TYPES'].map(
      (kind) => `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON ${kind} TO ${user};`,
    ),
  ];
}

/** psql's command that goes on in another database, as the same login. */
function connectTo(database: string): string {
  if (/=|^postgres(ql)?:\/\//.test(database)) {
    throw new Error(
      `database ${JSON.stringify(database)}: psql would take this name for a connection string; allowed are names without '=' that do not begin with postgresql://; rename the database`,
    );
  }
  return `\\connect ${quoteIdentifier(database)}`;
}
