import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthStacks } from '../../stacks';
import { manifestsOf, podOf, synth } from '../charts/platform-fixture';
import { platformOf } from '../stacks/platform-fixture';
import { resourcesOf } from '../stacks/terraform';

const root = join(__dirname, '../..');
const runbook = readFileSync(join(root, 'docs/runbooks/databases.md'), 'utf8');
const commands = [...runbook.matchAll(/```bash\n([^]*?)```/g)].map(([, text]) => text).join('\n');
const example = readFileSync(join(root, 'examples/gitlab-meltano/platform.yaml'), 'utf8').replace(
  'databases: [airflow-meta] }',
  'databases: [airflow-meta], users: { looker: { login: password } } }',
);
const platform = platformOf(example);
const instance = platform.databases.find(({ key }) => key === 'airflow');

describe('the runbook of the databases', () => {
  it('begins with the names that the model computes for the example', () => {
    const variables = Object.fromEntries(
      [...commands.matchAll(/^([A-Z]+)=([\w@./-]+)/gm)].map(([, name, value]) => [name, value]),
    );
    expect(variables).toMatchObject({
      PROJECT: platform.project,
      REGION: platform.region,
      CLUSTER: platform.clusters[0]?.name,
      NAMESPACE: instance?.bootstrap?.namespace,
      KEY: instance?.key,
      INSTANCE: instance?.name,
      DATABASE: instance?.databases[0]?.name,
      RANGE: platform.network.databasesRangeName,
      ADMIN: instance?.bootstrap?.adminUser,
      LOGIN: instance?.users[0]?.name,
    });
  });

  it('elt-15: says how a person gets in through the proxy as themselves, and what becomes of a changed password', () => {
    expect(commands).toMatch(
      /gcloud auth application-default login\ncloud-sql-proxy --private-ip --auto-iam-authn/,
    );
    expect(commands).toMatch(/psql "host=127\.0\.0\.1/);
    expect(runbook).toMatch(/copies that were made before keep\s+the old one/);
  });

  it('names resources by the addresses that they have', () => {
    const named = [...commands.matchAll(/\bgoogle_[a-z_]+\.[\w-]+/g)].map(([address]) => address);
    const addresses = resourcesOf(synthStacks(platform)).map(({ address }) => address);
    expect(named.length).toBeGreaterThan(8);
    expect(addresses).toEqual(expect.arrayContaining(named));
  });

  it('moves every resource of an instance that is switched, and forgets none', () => {
    const own = resourcesOf(synthStacks(platformOf(example.replace(/, users: .*? } }/, ''))), 'data')
      .filter(({ type }) => type.startsWith('google_sql_'))
      .map(({ address }) => address);
    for (const address of own) {
      expect(commands).toMatch(new RegExp(`import ${address}[ \\n]`));
      expect(/state rm [^]*?\n +terraform/.exec(commands)?.[0]).toContain(address);
    }
  });

  it('finds the Job, its proxy and its container where they are', () => {
    const job = manifestsOf(synth(example), '40-databases').find(({ kind }) => kind === 'Job');
    expect(job?.metadata).toMatchObject({
      labels: {
        'app.kubernetes.io/name': 'database-bootstrap',
        'app.kubernetes.io/instance': 'airflow',
      },
    });
    const spec = podOf(job!)?.spec;
    expect(spec?.initContainers?.[0]?.args?.[0]).toBe(instance?.connectionName);
    expect(spec?.containers[0]).toMatchObject({
      name: 'psql',
      command: ['/bin/sh', '-ec', expect.stringContaining('exec "$@"')],
    });
    expect(spec?.containers[0]?.args?.[0]).toBe('tapline');
  });
});
