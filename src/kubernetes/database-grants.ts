/** A login and the databases whose contents it owns. */
export interface DatabaseGrantee {
  /** Name in PostgreSQL. */
  readonly user: string;
  readonly databases: readonly string[];
}

/**
 * SQL that gives logins their rights, for psql. Running it again changes nothing.
 *
 * Cloud SQL makes IAM logins without any right: since PostgreSQL 15 nobody but the owner may create in the schema
 * `public`. The statements are plain GRANTs, since that is all that Cloud SQL's built-in admin can do: it is a member
 * of `cloudsqlsuperuser`, which owns the databases, but no superuser, and since PostgreSQL 16 it cannot make itself a
 * member of roles that it did not create. Default privileges cover what the admin itself creates later.
 *
 * @see https://cloud.google.com/sql/docs/postgres/users
 * @see https://www.postgresql.org/docs/current/ddl-priv.html
 */
export function renderGrants(grantees: readonly DatabaseGrantee[]): string {
  const databases = [...new Set(grantees.flatMap((grantee) => grantee.databases))].sort();
  return [
    // The file stops at the first error however psql is called.
    '\\set ON_ERROR_STOP on\n',
    ...databases.map((database) => {
      const users = grantees
        .filter((grantee) => grantee.databases.includes(database))
        .map(({ user }) => user);
      return grantsOn(database, [...users].sort());
    }),
  ].join('\n');
}

function grantsOn(database: string, users: readonly string[]): string {
  const statements = users
    .map(quoteIdentifier)
    .flatMap((user) => [
      `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${quoteIdentifier(database)} TO ${user};`,
      `GRANT USAGE, CREATE ON SCHEMA public TO ${user};`,
      ...['TABLES', 'SEQUENCES', 'ROUTINES', 'TYPES'].map(
        (kind) => `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON ${kind} TO ${user};`,
      ),
    ]);
  return `${[connectTo(database), 'BEGIN;', ...statements, 'COMMIT;'].join('\n')}\n`;
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

/** A name as PostgreSQL reads it whatever it holds: quotes doubled, between quotes. */
export function quoteIdentifier(name: string): string {
  // Control characters would end psql's lines; PostgreSQL itself refuses the first of them.
  if (name === '' || /\p{Cc}/u.test(name)) {
    throw new Error(
      `PostgreSQL name ${JSON.stringify(name)}: empty or with control characters; allowed are printable characters; rename it`,
    );
  }
  return `"${name.replace(/"/g, '""')}"`;
}
