import fc from 'fast-check';
import { quoteIdentifier, renderGrants } from '../../src/kubernetes';

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
