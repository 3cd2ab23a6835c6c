import { quoteIdentifier, quoteLiteral } from './sql-quote';

/** A role in PostgreSQL: rights that logins get by being members of it. */
export interface DatabaseRoleGrants {
  /** Name in PostgreSQL. */
  readonly name: string;
  readonly databases: readonly string[];
  /** Schemas whose tables it reads; `all` are those that are there and those to come. */
  readonly read: readonly string[] | 'all';
  /** Schemas whose tables it changes as well, and where it may create. */
  readonly write: readonly string[] | 'all';
  /** Whether it may create in its databases. */
  readonly create: boolean;
  /** Logins in PostgreSQL. */
  readonly members: readonly string[];
}

/** What marks roles and logins of ours, so that those that are gone from the configuration can be told. */
const mark = 'made by tapline';

const reading = { schemas: 'USAGE', tables: 'SELECT', sequences: 'SELECT' };
const writing = {
  schemas: 'USAGE, CREATE',
  tables: 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER',
  sequences: 'SELECT, USAGE, UPDATE',
};
type Rights = typeof reading;

/**
 * Makes the roles and logins of an instance, and says who is a member of what; for psql, run by the admin.
 *
 * Logins with a password are made here: those that Cloud SQL makes are members of `cloudsqlsuperuser`, which owns every
 * database. `\password` reads each password twice from the standard input and sends only its SCRAM verifier, so it is
 * in no statement and in no log.
 */
export function renderRoles(roles: readonly DatabaseRoleGrants[], logins: readonly string[]): string {
  const made = [...roles.map(({ name }) => [name, 'NOLOGIN']), ...logins.map((name) => [name, 'LOGIN'])];
  return [
    ...made.flatMap(([name = '', attribute = '']) => [
      unless(
        `SELECT FROM pg_roles WHERE rolname = ${quoteLiteral(name)}`,
        `CREATE ROLE ${quoteIdentifier(name)} ${attribute}`,
      ),
      `COMMENT ON ROLE ${quoteIdentifier(name)} IS ${quoteLiteral(mark)};`,
    ]),
    ...logins.map((name) => `ALTER ROLE ${quoteIdentifier(name)} LOGIN;`),
    ...logins.map((name) => `\\password ${quoteIdentifier(name)}`),
    ...expel(roles, logins),
    ...roles.flatMap(({ name, members }) =>
      members.map((member) => `GRANT ${quoteIdentifier(name)} TO ${quoteIdentifier(member)};`),
    ),
    ...admit(roles),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The role that every built-in login of Cloud SQL is a member of. */
const admins = 'cloudsqlsuperuser';

/**
 * Lets the admin of a later copy say who is a member of the roles: since PostgreSQL 16 only who made a role may, and the
 * admin that made them here does not log in there. Nobody gets the rights of the roles by it.
 */
function admit(roles: readonly DatabaseRoleGrants[]): string[] {
  if (roles.length === 0) return [];
  return [
    `SELECT current_setting('server_version_num')::int >= 160000 AND to_regrole('${admins}') IS NOT NULL AS admits \\gset`,
    '\\if :admits',
    ...roles.map(
      ({ name }) => `GRANT ${quoteIdentifier(name)} TO ${admins} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;`,
    ),
    '\\endif',
  ];
}

/** Makes logins members of roles that came with a copy; a role that the original did not have then is passed over. */
export function renderJoins(roles: readonly DatabaseRoleGrants[]): string {
  const lines = roles.flatMap(({ name, members }) =>
    members.map(
      (member) =>
        `SELECT ${quoteLiteral(`GRANT ${quoteIdentifier(name)} TO ${quoteIdentifier(member)}`)} FROM pg_roles WHERE rolname = ${quoteLiteral(name)} \\gexec\n`,
    ),
  );
  return lines.join('');
}

/** Who is no member any more loses the role, and a login that is gone may not come in. */
function expel(roles: readonly DatabaseRoleGrants[], logins: readonly string[]): string[] {
  const kept = roles.flatMap(({ name, members }) =>
    members.map((member) => `(${quoteLiteral(name)}, ${quoteLiteral(member)})`),
  );
  const ours = `shobj_description(r.oid, 'pg_authid') = ${quoteLiteral(mark)}`;
  return [
    "SELECT format('REVOKE %I FROM %I', r.rolname, m.rolname)",
    'FROM pg_auth_members a JOIN pg_roles r ON r.oid = a.roleid JOIN pg_roles m ON m.oid = a.member',
    // Since PostgreSQL 16 whoever makes a role is a member of it.
    `WHERE ${ours} AND m.rolname NOT IN (current_user, '${admins}')`,
    ...(kept.length === 0 ? [] : [`AND (r.rolname, m.rolname) NOT IN (${kept.join(', ')})`]),
    '\\gexec',
    "SELECT format('ALTER ROLE %I NOLOGIN', r.rolname) FROM pg_roles r",
    `WHERE ${ours} AND r.rolcanlogin`,
    ...(logins.length === 0 ? [] : [`AND r.rolname NOT IN (${logins.map(quoteLiteral).join(', ')})`]),
    '\\gexec',
  ];
}

/**
 * What the admin gives the roles of a database: entry, and schemas that owners of tables may create in.
 * @param owners logins that make tables in the database
 */
export function renderEntry(
  database: string,
  roles: readonly DatabaseRoleGrants[],
  owners: readonly string[],
): string[] {
  const schemas = [
    ...new Set(roles.flatMap(({ read, write }) => [...listOf(read), ...listOf(write)])),
  ].sort();
  const creators = [...owners, ...roles.filter(({ create }) => create).map(({ name }) => name)].map(
    quoteIdentifier,
  );
  return [
    ...schemas.flatMap((schema) => [
      unless(
        `SELECT FROM pg_namespace WHERE nspname = ${quoteLiteral(schema)}`,
        `CREATE SCHEMA ${quoteIdentifier(schema)}`,
      ),
      ...creators.map((creator) =>
        onOwnSchemas(`nspname = ${quoteLiteral(schema)}`, 'GRANT USAGE, CREATE ON SCHEMA %I TO %s', creator),
      ),
    ]),
    ...roles.flatMap(({ name, create }) => {
      const role = quoteIdentifier(name);
      return [
        `GRANT CONNECT${create ? ', CREATE, TEMPORARY' : ''} ON DATABASE ${quoteIdentifier(database)} TO ${role};`,
      ];
    }),
  ];
}

/**
 * What one owner of tables gives the roles of a database; for psql, run by every owner, the admin among them.
 *
 * Only who owns a table can grant on it, and default privileges are those of the login that sets them: nobody else can
 * set them without being a superuser or a member of that login, which Cloud SQL's IAM logins let nobody be. All that
 * the role got from this owner is taken back first, so that rights that are gone from the configuration go here too.
 */
export function renderShares(roles: readonly DatabaseRoleGrants[]): string[] {
  return roles.flatMap((role) => {
    const name = quoteIdentifier(role.name);
    const everywhere = role.read === 'all';
    const written = listOf(role.write);
    const read = listOf(role.read).filter((schema) => !written.includes(schema));
    return [
      ...takeBack(role.name),
      ...(everywhere ? share(name, undefined, role.write === 'all' ? dataOnly : reading) : []),
      ...share(name, read, reading),
      ...share(name, written, writing),
      // The schema that every database has; an owner of everything creates there as well.
      ...(role.create
        ? [onOwnSchemas("nspname = 'public'", 'GRANT USAGE, CREATE ON SCHEMA %I TO %s', name)]
        : []),
    ];
  });
}

/** Rows of every table, and no new objects in schemas of others. */
const dataOnly: Rights = { ...writing, schemas: 'USAGE' };

function share(role: string, schemas: readonly string[] | undefined, rights: Rights): string[] {
  if (schemas?.length === 0) return [];
  const names = schemas?.map(quoteLiteral).join(', ');
  const where =
    names === undefined ? "nspname !~ '^pg_' AND nspname <> 'information_schema'" : `nspname IN (${names})`;
  const within = schemas === undefined ? '' : ` IN SCHEMA ${schemas.map(quoteIdentifier).join(', ')}`;
  return [
    onOwnSchemas(where, `GRANT ${rights.schemas} ON SCHEMA %I TO %s`, role),
    ...(schemas === undefined ? [`ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${role};`] : []),
    `ALTER DEFAULT PRIVILEGES${within} GRANT ${rights.tables} ON TABLES TO ${role};`,
    `ALTER DEFAULT PRIVILEGES${within} GRANT ${rights.sequences} ON SEQUENCES TO ${role};`,
    onOwnRelations(where, "'r', 'p', 'v', 'm', 'f'", `GRANT ${rights.tables} ON TABLE %I.%I TO %s`, role),
    onOwnRelations(where, "'S'", `GRANT ${rights.sequences} ON SEQUENCE %I.%I TO %s`, role),
  ];
}

function takeBack(name: string): string[] {
  const role = quoteIdentifier(name);
  const has = (acl: string) =>
    `EXISTS (SELECT FROM aclexplode(${acl}) WHERE grantee = ${quoteLiteral(role)}::regrole)`;
  return [
    onOwnSchemas(has('nspacl'), 'REVOKE ALL ON SCHEMA %I FROM %s', role),
    onOwnRelations(has('relacl'), "'r', 'p', 'v', 'm', 'f'", 'REVOKE ALL ON TABLE %I.%I FROM %s', role),
    onOwnRelations(has('relacl'), "'S'", 'REVOKE ALL ON SEQUENCE %I.%I FROM %s', role),
    [
      "SELECT format('ALTER DEFAULT PRIVILEGES %s REVOKE ALL ON %s FROM %s',",
      "CASE WHEN n.oid IS NULL THEN '' ELSE format('IN SCHEMA %I', nspname) END,",
      `CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' ELSE 'SCHEMAS' END, ${quoteLiteral(role)})`,
      'FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = defaclnamespace',
      `WHERE defaclrole = quote_ident(current_user)::regrole AND defaclobjtype IN ('r', 'S', 'n') AND ${has('defaclacl')} \\gexec`,
    ].join('\n'),
  ];
}

function onOwnSchemas(where: string, statement: string, role: string): string {
  return `SELECT format(${quoteLiteral(statement)}, nspname, ${quoteLiteral(role)}) FROM pg_namespace\nWHERE pg_has_role(nspowner, 'USAGE') AND ${where} ORDER BY nspname \\gexec`;
}

function onOwnRelations(where: string, kinds: string, statement: string, role: string): string {
  return [
    `SELECT format(${quoteLiteral(statement)}, nspname, relname, ${quoteLiteral(role)})`,
    'FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace',
    `WHERE relowner = quote_ident(current_user)::regrole AND relkind IN (${kinds}) AND nspname !~ '^pg_' AND ${where}`,
    'ORDER BY nspname, relname \\gexec',
  ].join('\n');
}

function unless(exists: string, statement: string): string {
  return `SELECT ${quoteLiteral(statement)} WHERE NOT EXISTS (${exists}) \\gexec`;
}

function listOf(schemas: readonly string[] | 'all'): readonly string[] {
  return schemas === 'all' ? [] : schemas;
}
