import fc from 'fast-check';
import {
  type DatabaseRoleGrants,
  quoteIdentifier,
  quoteLiteral,
  renderGrants,
  renderOwnerGrants,
} from '../../src/kubernetes';

it('gives each user its rights in each of its databases and in no other', () => {
  const sql = renderGrants([
    { user: 'b@p.iam', databases: ['warehouse'] },
    { user: 'a@p.iam', databases: ['airflow-meta', 'warehouse'] },
  ]);
  const [head, airflow, warehouse] = sql.split('\\connect ');
  expect(head).toContain('\\set ON_ERROR_STOP on');
  expect(airflow).toMatch(/^"airflow-meta"\nBEGIN;/);
  expect(airflow).toContain('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "airflow-meta" TO "a@p.iam";');
  expect(airflow).not.toContain('b@p.iam');
  expect(warehouse).toContain('GRANT USAGE, CREATE ON SCHEMA public TO "b@p.iam";');
  expect(warehouse).toContain('GRANT ALL ON TABLES TO "a@p.iam";');
  expect(warehouse).toMatch(/COMMIT;\n$/);
});

it('is the same in whatever order users and databases come', () => {
  const users = [
    { user: 'a', databases: ['x', 'y'] },
    { user: 'b', databases: ['y'] },
  ];
  const turned = [
    { user: 'b', databases: ['y'] },
    { user: 'a', databases: ['y', 'x'] },
  ];
  expect(renderGrants(turned)).toBe(renderGrants(users));
});

it('grants, and neither becomes another role nor takes anything away', () => {
  const sql = renderGrants([{ user: 'a', databases: ['x'] }]);
  expect(sql).not.toMatch(/SET ROLE|REVOKE|OWNER|SUPERUSER|GRANT "/);
});

it('keeps any name inside its quotes', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      fc.pre(!/\p{Cc}/u.test(name));
      const quoted = quoteIdentifier(name);
      // What PostgreSQL reads: up to the first quote that is not doubled, which is the last character.
      const inner = /^"((?:[^"]|"")*)"$/u.exec(quoted)?.[1];
      expect(inner?.replaceAll('""', '"')).toBe(name);
    }),
  );
});

it('keeps hostile names from adding statements', () => {
  const user = '"; DROP DATABASE airflow; --';
  const sql = renderGrants([{ user, databases: ['x"; \\! reboot'] }]);
  const outside = sql.replace(/"(?:[^"]|"")*"/g, 'NAME');
  expect(outside).not.toMatch(/DROP|reboot/);
});

it.each([
  ['', /empty/],
  ['a\nb', /control characters/],
  ['a\0', /control characters/],
])('fails for the name %j, and says why', (name, message) => {
  expect(() => quoteIdentifier(name)).toThrow(message);
});

it.each(['dbname=x host=evil', 'postgres://evil/x', 'postgresql://evil/x'])(
  'fails for the database %j, which psql would take for a connection string',
  (database) => {
    expect(() => renderGrants([{ user: 'a', databases: [database] }])).toThrow(/connection string/);
  },
);

describe('roles', () => {
  const role = (more: Partial<DatabaseRoleGrants> = {}): DatabaseRoleGrants => ({
    name: 'readonly',
    databases: ['dw'],
    read: ['sfdc'],
    write: [],
    create: false,
    members: ['ana@example.com'],
    ...more,
  });
  const admin = (roles: readonly DatabaseRoleGrants[], logins: readonly string[] = []) =>
    renderGrants([{ user: 'elt@p.iam', databases: ['dw'] }], { roles, logins });

  it('are made where they are missing, with the schemas that they are for, and have their members', () => {
    const sql = admin([role()]);
    expect(sql).toContain('CREATE ROLE "readonly" NOLOGIN');
    expect(sql).toContain('CREATE SCHEMA "sfdc"');
    expect(sql).toContain('GRANT "readonly" TO "ana@example.com";');
  });

  it('are shared by every owner in its own session, which needs no superuser', () => {
    const sql = renderOwnerGrants(['other', 'dw'], [role()]);
    expect(sql).toContain('ALTER DEFAULT PRIVILEGES IN SCHEMA "sfdc" GRANT SELECT ON TABLES TO "readonly";');
    expect(sql).not.toMatch(/FOR ROLE|SET ROLE|CREATE ROLE|\bpassword\b/);
    expect(sql.indexOf('"dw"')).toBeLessThan(sql.indexOf('\\connect "other"'));
  });

  it('that read everything read what schemas to come will hold, and change nothing', () => {
    const sql = renderOwnerGrants(['dw'], [role({ read: 'all' })]);
    expect(sql).toContain('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "readonly";');
    expect(sql).toContain('ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO "readonly";');
    expect(sql).not.toMatch(/INSERT|UPDATE|DELETE|CREATE ON/);
  });

  it('create only where they may', () => {
    expect(admin([role()])).toContain('GRANT CONNECT ON DATABASE "dw" TO "readonly";');
    expect(admin([role({ create: true })])).toContain(
      'GRANT CONNECT, CREATE, TEMPORARY ON DATABASE "dw" TO "readonly";',
    );
  });

  it('lose the members and logins that are gone, and keep the others', () => {
    const sql = admin([role()], ['looker']);
    expect(sql).toContain("NOT IN (('readonly', 'ana@example.com'))");
    expect(sql).toContain("AND r.rolname NOT IN ('looker')");
    expect(admin([])).toContain("SELECT format('REVOKE %I FROM %I'");
  });

  it('are left alone where nothing is said of them, as on a copy', () => {
    expect(renderGrants([{ user: 'a', databases: ['dw'] }])).not.toMatch(/ROLE|REVOKE/);
  });

  it('hold no password: psql asks for it', () => {
    const sql = admin([], ['looker']);
    expect(sql).toContain('\\password "looker"');
    expect(sql).not.toMatch(/PASSWORD '/);
  });

  it('keep hostile names inside their quotes', () => {
    const sql = admin([role({ name: `x"; DROP TABLE a; --`, members: [`'; DROP TABLE b; --`] })], [`%I'"`]);
    const outside = sql.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'/g, 'NAME');
    expect(outside).not.toMatch(/DROP/);
  });

  it('keep any text inside its quotes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
        fc.pre(!/\p{Cc}/u.test(text));
        const [, escaped, inner = ''] = /^(E?)'((?:[^']|'')*)'$/u.exec(quoteLiteral(text)) ?? [];
        const read = inner.replaceAll("''", "'");
        expect(escaped === 'E' ? read.replaceAll('\\\\', '\\') : read).toBe(text);
      }),
    );
  });
});
