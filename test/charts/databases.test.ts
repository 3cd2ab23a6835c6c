import type { Synthesized } from '../../src/output';
import { manifestsOf, podOf, synth as synthText } from './platform-fixture';

const head = `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
cluster: { nodePools: { main: {}, tasks: { dedicated: true } } }
namespaces: { prod: {}, test: {} }
`;
const synth = (text: string) => synthText(`${head}${text}`);
const find = (synthesized: Synthesized, kind: string, name: string | RegExp) => {
  const found = manifestsOf(synthesized).find(
    (manifest) =>
      manifest.kind === kind &&
      (typeof name === 'string' ? manifest.metadata.name === name : name.test(manifest.metadata.name)),
  );
  if (found === undefined) throw new Error(`there is no ${kind} ${String(name)}`);
  return found;
};

const shared = synth(`
databases:
  warehouse:
    databases: [dw, other]
    users:
      ana: { member: "user:ana@example.com", databases: [dw] }
      looker: { login: password, databases: [dw] }
meltano:
  elt:
    project: ./meltano
    namespace: prod
    pool: tasks
    database: warehouse/dw
    env: { DB_PASSWORD: { secret: tapline-login-warehouse-looker/password } }
  else: { project: ./meltano, namespace: test, database: warehouse/other }
`);
const proxyOf = (job: RegExp, synthesized = shared) =>
  podOf(find(synthesized, 'Job', job))?.spec.initContainers?.find(({ name }) => name === 'cloud-sql-proxy');
const psqlOf = (job: RegExp) => podOf(find(shared, 'Job', job))?.spec.containers[0];

describe('a workload whose tables somebody else is to read', () => {
  it('shares them in a Job that logs in as itself, without a password', () => {
    const job = find(shared, 'Job', /^share-warehouse-meltano-elt/);
    expect(job.metadata.namespace).toBe('prod');
    expect(podOf(job)?.spec).toMatchObject({ serviceAccountName: 'meltano-elt' });
    expect(JSON.stringify(podOf(job)?.spec)).toContain('"tasks"');
    expect(proxyOf(/^share-/)?.args).toContain('--auto-iam-authn');
    expect(psqlOf(/^share-/)?.env).toContainEqual({
      name: 'PGUSER',
      value: 'acme-meltano-elt@acme-data.iam',
    });
    expect(JSON.stringify(psqlOf(/^share-/))).not.toContain('PGPASSWORD');
  });

  it('is the only one to have such a Job, and the Job may reach its database', () => {
    expect(() => find(shared, 'Job', /^share-warehouse-meltano-else/)).toThrow();
    const policy = find(shared, 'NetworkPolicy', 'share-warehouse-meltano-elt');
    expect(JSON.stringify(policy.spec)).toContain('3307');
  });
});

describe('a login with a password', () => {
  it('gets it from the secret, twice, as psql asks for it', () => {
    const command = JSON.stringify(psqlOf(/^bootstrap-warehouse/));
    const file = '/run/secrets/tapline-login-warehouse-looker/password';
    expect(command).toContain(`for file in ${file} ${file}; do`);
    const sql = find(shared, 'ConfigMap', /^bootstrap-warehouse/).data?.['grants.sql'];
    expect(sql).toContain('\\password "looker"');
  });

  it('can be used by a workload, which reads the same secret', () => {
    const secret = find(shared, 'SecretProviderClass', 'tapline-login-warehouse-looker');
    expect(JSON.stringify(secret.spec)).toContain('tapline-login-warehouse-looker--password');
  });
});

it('makes no Job for a workload where nobody else looks', () => {
  const alone = synth(
    'databases: { main: { databases: [x] } }\nmeltano: { elt: { project: ./m, namespace: prod, database: main/x } }',
  );
  expect(() => find(alone, 'Job', /^share-/)).toThrow();
});

it('leaves the roles of a copy as they came', () => {
  const copy = synth(
    [
      'databases: { main: { databases: [x] }, copy: { databases: [x], clone: { of: main } } }',
      'meltano:',
      '  owner: { project: ./m, namespace: prod, database: main/x }',
      '  elt: { project: ./m, namespace: prod, database: copy/x }',
    ].join('\n'),
  );
  const sql = find(copy, 'ConfigMap', /^bootstrap-copy/).data?.['grants.sql'];
  expect(sql).not.toMatch(/REVOKE|CREATE ROLE/);
  // What came with it belongs to workloads of the original.
  expect(sql).toContain('GRANT "tapline_write-x" TO "acme-meltano-elt@acme-data.iam"');
  expect(find(copy, 'ConfigMap', /^bootstrap-main/).data?.['grants.sql']).toContain(
    'CREATE ROLE "tapline_write-x" NOLOGIN',
  );
  expect(() => find(copy, 'Job', /^share-copy/)).toThrow();
});

it('reaches an instance by Private Service Connect where that is asked for', () => {
  const hidden = synth(
    [
      'network: { cidr: 10.64.0.0/14, nodes: 10.99.0.0/20 }',
      'databases: { main: { databases: [x], connect: { psc: {} } } }',
      'meltano: { elt: { project: ./m, namespace: prod, database: main/x, scheduler: {} } }',
    ].join('\n'),
  );
  expect(proxyOf(/^bootstrap-main/, hidden)?.args).toContain('--psc');
  expect(proxyOf(/^bootstrap-main/, hidden)?.args).not.toContain('--private-ip');
  expect(JSON.stringify(find(hidden, 'NetworkPolicy', 'meltano-elt').spec)).toContain('10.99.0.0/20');
  expect(proxyOf(/^share-/)?.args).toContain('--private-ip');
});
