import { loadPlatforms } from '../../src/model';
import { flagProblem } from '../../src/model/database-flags';
import { tierProblem } from '../../src/model/database-tiers';

const head = 'version: 1\nname: acme\ngoogle: { project: acme-data, region: europe-west1 }\n';

function databasesOf(text: string) {
  const [platform] = loadPlatforms({ name: 'platform.yaml', text: `${head}${text}` }).platforms;
  return platform?.databases ?? [];
}

describe('a tier', () => {
  it.each([
    ['db-custom-1-3840', 'ENTERPRISE'],
    ['db-custom-1-6656', 'ENTERPRISE'],
    ['db-custom-2-3840', 'ENTERPRISE'],
    ['db-custom-96-88576', 'ENTERPRISE'],
    ['db-custom-96-638976', 'ENTERPRISE'],
    ['db-f1-micro', 'ENTERPRISE'],
    ['db-custom-N4-4-16384', 'ENTERPRISE'],
    ['db-perf-optimized-N-128', 'ENTERPRISE_PLUS'],
    ['db-c4a-highmem-4', 'ENTERPRISE_PLUS'],
  ] as const)('%s is one of %s', (tier, edition) => {
    expect(tierProblem(tier, edition)).toBeUndefined();
  });

  it.each([
    ['db-custom-1-3584', 'ENTERPRISE', 'db-custom-1-3840'],
    ['db-custom-1-6912', 'ENTERPRISE', 'db-custom-1-6656'],
    ['db-custom-0-3840', 'ENTERPRISE', 'db-custom-2-3840'],
    ['db-custom-98-638976', 'ENTERPRISE', 'db-custom-96-638976'],
    ['db-custom-5-7681', 'ENTERPRISE', 'db-custom-6-7936'],
    ['db-perf-optimized-N-200', 'ENTERPRISE_PLUS', 'db-perf-optimized-N-128'],
  ] as const)('fails for %s with %s, and names one that is', (tier, edition, fix) => {
    const problem = tierProblem(tier, edition);
    expect(problem?.fix).toBe(`write ${fix}`);
    expect(tierProblem(fix, edition)).toBeUndefined();
  });

  it('fails for shared cores with the edition that has none', () => {
    expect(tierProblem('db-f1-micro', 'ENTERPRISE_PLUS')?.message).toMatch(/no such tier/);
  });
});

describe('a flag', () => {
  it.each([
    ['autovacuum', 'off'],
    ['work_mem', '65536'],
    ['log_min_duration_statement', '-1'],
    ['log_connections', 'authentication'],
    ['a_flag_of_tomorrow', 'whatever'],
  ])('%s may be %s', (name, value) => {
    expect(flagProblem(name, value)).toBeUndefined();
  });
});

it('gives the seldom what everybody else does not see: no replica, clone, login or role by default', () => {
  expect(databasesOf('airflow: { main: {} }')).toMatchObject([
    {
      replicas: [],
      clone: null,
      psc: null,
      logins: [],
      roles: [],
      maintenance: { day: 7, hour: 3, track: 'stable', deny: null },
    },
  ]);
});

it('turns access into roles, one for each database, and makes everybody a member', () => {
  const [main] = databasesOf(`
databases:
  main:
    databases: [a, b]
    users:
      ana: { member: "user:ana@example.com" }
      ben: { member: "user:ben@example.com", databases: [b] }
      carl: { member: "user:carl@example.com", databases: [b], access: own }
`);
  expect(main?.roles).toMatchObject([
    {
      name: 'tapline_own-b',
      databases: ['b'],
      read: 'all',
      write: 'all',
      create: true,
      members: ['carl@example.com'],
    },
    { name: 'tapline_read-a', databases: ['a'], write: [], create: false, members: ['ana@example.com'] },
    { name: 'tapline_read-b', members: ['ana@example.com', 'ben@example.com'] },
  ]);
});

it('gives a member of a role no access beside it', () => {
  const [main] = databasesOf(`
databases:
  main:
    databases: [a]
    roles: { readonly: { read: [sfdc], write: [sandbox] } }
    users: { ana: { member: "user:ana@example.com", roles: [readonly] } }
`);
  expect(main?.roles).toMatchObject([
    {
      name: 'readonly',
      databases: ['a'],
      read: ['sandbox', 'sfdc'],
      write: ['sandbox'],
      members: ['ana@example.com'],
    },
  ]);
  expect(main?.roles).toHaveLength(1);
});

it('gives logins their rights also where no workload uses the instance', () => {
  const [main] = databasesOf(
    'databases: { main: { databases: [a], users: { ana: { member: "user:ana@example.com" } } } }',
  );
  expect(main?.bootstrap).toMatchObject({ namespace: 'acme', adminUser: 'tapline-bootstrap' });
});

it('computes the name of every copy, so that proxies and runbooks know it', () => {
  const [main, review] = databasesOf(`
databases:
  main: { databases: [a], replicas: { far: { region: us-west1 }, near: {} } }
  review: { databases: [a], clone: { of: main } }
`);
  expect(main?.replicas.map(({ connectionName }) => connectionName)).toEqual([
    'acme-data:us-west1:acme-main-far',
    'acme-data:europe-west1:acme-main-near',
  ]);
  expect(review?.clone).toMatchObject({ of: 'main', instance: 'acme-main', pointInTime: null });
});
