import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatforms, type Platform } from '../../src/model';

const root = join(__dirname, '../..');
const folder = join(root, 'docs/runbooks');
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');
const commandsOf = (name: string) =>
  [...textOf(name).matchAll(/^ *```bash\n([^]*?)^ *```/gm)].map(([, text]) => text).join('\n');

/** The names that a runbook begins with; those that hold another one are put together. */
function namesIn(name: string): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [, key = '', value = ''] of commandsOf(name).matchAll(/^([A-Z]+)=([^\s#]+)/gm)) {
    names[key] ??= value.replace(/\$([A-Z]+)/g, (_, other: string) => names[other] ?? '');
  }
  return names;
}

function platformOf(example: string): Platform {
  const file = join(root, 'examples', example, 'platform.yaml');
  return loadPlatforms({ name: file, text: readFileSync(file, 'utf8') }).platforms[0]!;
}

const cluster = (platform: Platform) => ({
  PROJECT: platform.project,
  REGION: platform.region,
  CLUSTER: platform.clusters[0]?.name,
  NAMESPACE: platform.namespaces[0]?.name,
});

describe('the runbook of Airflow', () => {
  it('begins with the names that the model computes for the example', () => {
    const platform = platformOf('minimal');
    expect(namesIn('airflow.md')).toMatchObject({
      ...cluster(platform),
      INSTANCE: platform.airflow[0]?.key,
      AIRFLOW: platform.airflow[0]?.identity.kubernetes?.serviceAccount,
      DATABASE: platform.databases[0]?.name,
      FILE: 'examples/minimal/platform.yaml',
    });
  });

  it.each([
    'Restart',
    'Get in',
    'Rerun what failed',
    'Backfill',
    'Stop a DAG',
    'Empty a stuck queue',
    'Upgrade Airflow',
    'Logs',
  ])('says how: %s', (heading) => {
    expect(textOf('airflow.md')).toMatch(new RegExp(`^## ${heading}$`, 'm'));
  });
});

describe('the runbook of Meltano', () => {
  it('begins with the names that the model computes for the example', () => {
    const platform = platformOf('gitlab-meltano');
    const [project] = platform.meltano;
    expect(namesIn('meltano.md')).toMatchObject({
      ...cluster(platform),
      KEY: project?.key,
      SCHEDULER: project?.scheduler?.name,
      STATE: project?.stateUri,
      FILE: 'examples/gitlab-meltano/platform.yaml',
    });
    expect(platform.pipelines.map(({ name }) => name)).toContain(namesIn('meltano.md').PIPELINE);
  });

  it('elt-16: says how a field is added or taken out, and what keeps quotas and persons', () => {
    const [, section = ''] =
      /^## Fields, quotas and personal data\n([^]*?)^## /m.exec(textOf('meltano.md')) ?? [];
    for (const words of ['--exclude', '--full-refresh', 'mapper', 'airflowPool'])
      expect(section).toContain(words);
  });
});

describe('the runbook of secrets', () => {
  it('begins with the names that the model computes for the example', () => {
    const platform = platformOf('gitlab-meltano');
    const names = namesIn('secrets.md');
    expect(names).toMatchObject(cluster(platform));
    const secret = platform.secrets.find(({ key }) => key === names.SECRET);
    expect(secret?.values).toContainEqual(expect.objectContaining({ key: names.ENTRY, secretId: names.ID }));
  });
});

describe('every runbook', () => {
  it.each(readdirSync(folder))('%s links to what is there', (name) => {
    for (const [, target = ''] of textOf(name).matchAll(/\]\((?!https:)([^)]+)\)/g)) {
      const [file = '', anchor] = target.split('#');
      if (file.startsWith('../')) {
        expect(() => readdirSync(join(folder, file))).not.toThrow();
        continue;
      }
      const headings = [...textOf(file === '' ? name : file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
        text
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings).toContain(anchor);
    }
  });

  it.each(readdirSync(folder))('%s is tried by a conformance check, or says nothing to run', (name) => {
    const checks = ['runbooks.mjs', 'database-roles.mjs', 'psql-jobs.mjs']
      .map((file) => readFileSync(join(root, 'conformance', file), 'utf8'))
      .join('\n');
    // Cloud SQL and Snowflake are not to be had on a machine; their runbooks have tests of their own.
    const elsewhere = ['databases.md', 'snowflake.md'];
    expect(elsewhere.includes(name) || checks.includes(`name: '${name.replace('.md', '')}'`)).toBe(true);
  });
});
