import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(__dirname, '../../templates');
const textOf = (path: string) => readFileSync(join(folder, path), 'utf8');

describe('jobs of GitLab CI that run pipelines', () => {
  const file = parse(textOf('ci/gitlab/pipelines.yml'));
  const rulesOf = (name: string): { if: string; when?: string }[] =>
    file[name].rules ?? rulesOf(file[name].extends);
  const isSkipped = (job: string, skip: string) =>
    skip === 'all' || new RegExp(file[job].variables.SKIPPED_BY.slice(1, -1)).test(skip);

  test('elt-01: run in the image of the project, by a schedule of the default branch', () => {
    expect(file['.pipeline'].image).toBe('$ELT_IMAGE');
    expect(rulesOf('zuora_prod').at(-1)?.if).toBe(
      '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == "schedule"',
    );
  });

  test('elt-06: need no key and no password of the database, and say how logs are kept from strangers', () => {
    const text = textOf('ci/gitlab/pipelines.yml');
    expect(text).not.toMatch(/PASSWORD|credentials-file|GOOGLE_APPLICATION_CREDENTIALS/);
    expect(text).toMatch(/protected, masked and hidden/);
    expect(text).toMatch(/public pipelines off/);
  });

  test('elt-07: reach the database by the proxy beside them, which ends with them', () => {
    const { services, variables } = file['.pipeline'];
    expect(services).toHaveLength(1);
    expect(services[0].name).toMatch(/^gcr\.io\/cloud-sql-connectors\/cloud-sql-proxy:2\./);
    expect(variables).toMatchObject({
      CSQL_PROXY_INSTANCE_CONNECTION_NAME: '$DATABASE_REVIEW',
      CSQL_PROXY_PRIVATE_IP: 'true',
      CSQL_PROXY_AUTO_IAM_AUTHN: 'true',
    });
    expect(file['.extract-prod'].variables.CSQL_PROXY_INSTANCE_CONNECTION_NAME).toBe('$DATABASE_PRODUCTION');
  });

  test('elt-08: of a branch run against the copy, when somebody starts them', () => {
    expect(rulesOf('zuora_review').at(-1)).toMatchObject({ when: 'manual', allow_failure: true });
    expect(file['.extract-review'].variables).toBeUndefined();
    // What a job says of its own lies over what it extends; neither of the two takes the other's database.
    for (const job of ['zuora_prod', 'zuora_review'])
      expect(Object.keys(file[job].variables)).toEqual(['PIPELINE', 'SKIPPED_BY']);
  });

  test.each([
    ['', false],
    ['all', true],
    ['zuora', true],
    ['marketo,zuora,zendesk', true],
    ['marketo, zuora', true],
    ['marketo', false],
    ['zuora_old,prezuora', false],
  ])('elt-09: leave out what EXTRACT_SKIP names: %j', (skip, skipped) => {
    expect(isSkipped('zuora_prod', skip)).toBe(skipped);
    for (const [job, variable] of [
      ['zuora_prod', 'EXTRACT_SKIP'],
      ['zuora_review', 'EXTRACT_SKIP'],
      ['sfdc_update', 'UPDATE_SKIP'],
    ] as const) {
      expect(file.variables[variable].value).toBe('');
      expect(rulesOf(job)[0]).toEqual({
        if: `$${variable} == "all" || $${variable} =~ $SKIPPED_BY`,
        when: 'never',
      });
    }
  });
});

describe('one machine', () => {
  const { services, volumes } = parse(textOf('compose/compose.yaml'), { merge: true });
  const readme = textOf('compose/README.md');
  const example = textOf('compose/.env.example');

  test('elt-14: has a warehouse, the project in its image, and Airflow, by one command', () => {
    expect(Object.keys(services)).toEqual(['warehouse', 'meltano', 'airflow']);
    expect(services.meltano.build.dockerfile).toMatch(/images\/meltano\/Dockerfile$/);
    expect(readme).toContain('docker compose up --detach');
  });

  test('vm-01: is a clone by a deploy key, with the DAGs in a volume', () => {
    expect(readme).toMatch(/deploy key that may only read/);
    expect(services.airflow.volumes[0]).toBe('${DAGS:-./dags}:/opt/airflow/dags:ro');
  });

  test('vm-02: opens its ports to itself alone', () => {
    const ports: string[] = Object.values<any>(services).flatMap((service) => service.ports ?? []);
    expect(ports.sort()).toEqual(['127.0.0.1:5432:5432', '127.0.0.1:8080:8080']);
  });

  test('vm-03: takes every variable from one file, which holds no value', () => {
    for (const name of ['meltano', 'airflow'])
      expect(services[name].env_file).toEqual([{ path: '.env', required: true }]);
    const variables = [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
    expect(variables.filter(([, value]) => value !== '')).toEqual([['TARGET_POSTGRES_USER', 'postgres']]);
    for (const name of [
      'ACCOUNT',
      'LOAD_USER',
      'LOAD_PRIVATE_KEY',
      'LOAD_ROLE',
      'LOAD_WAREHOUSE',
      'LOAD_DATABASE',
      'LOAD_SCHEMA',
    ])
      expect(variables.map(([key]) => key)).toContain(`SNOWFLAKE_${name}`);
  });

  test('vm-05: is reached through SSH, shows its logs, and takes new DAGs without a restart', () => {
    expect(readme).toMatch(/ssh -L 8080:localhost:8080/);
    expect(readme).toMatch(/docker compose logs --follow/);
    expect(readme).toMatch(/git pull. brings the newest without a restart/);
  });

  test('keeps data, bookmarks and runs of Airflow in volumes, and runs the project with nothing else to write', () => {
    expect(Object.keys(volumes)).toEqual(['warehouse', 'state', 'airflow']);
    expect(services.meltano).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });
});

describe('a project of Astronomer', () => {
  const dockerfile = textOf('astro/Dockerfile');
  const readme = textOf('astro/README.md');

  test('astro-01: has the files of a deployment', () => {
    expect(readdirSync(join(folder, 'astro')).sort()).toEqual([
      '.env.example',
      'Dockerfile',
      'README.md',
      'airflow_settings.yaml',
      'dags',
      'meltano_requirements.txt',
      'packages.txt',
      'requirements.txt',
    ]);
    expect(Object.keys(parse(textOf('astro/airflow_settings.yaml')).airflow)).toEqual([
      'connections',
      'variables',
      'pools',
    ]);
  });

  test('astro-02: has Meltano in an environment of its own, and installs every project in it', () => {
    expect(dockerfile).toMatch(/python -m venv \/opt\/meltano/);
    expect(dockerfile).toMatch(/for project in "\$\{MELTANO_FOLDER\}"\/\*\/; do/);
    expect(dockerfile).toMatch(/chown -R astro:astro/);
    expect(dockerfile.trimEnd()).toMatch(/USER astro$/);
  });

  test('astro-03: keeps bookmarks in S3 or Cloud Storage where a deployment says so, and nowhere else', () => {
    expect(textOf('astro/meltano_requirements.txt')).toMatch(/^meltano\[gcs,s3\]==4\.4\.1$/m);
    expect(textOf('astro/.env.example')).toMatch(/^# MELTANO_STATE_BACKEND_URI=s3:/m);
  });

  test('astro-04: runs each job as a command, by its schedule or by hand', () => {
    const dag = textOf('astro/dags/meltano.py');
    expect(dag).toMatch(/exec \{shlex\.quote\(MELTANO\)\} run/);
    expect(dag).toMatch(/max_active_runs=1/);
  });

  test('astro-05: says how it is started, stopped and deployed, and how people are told of failures', () => {
    for (const words of ['astro dev start', 'astro dev stop', 'astro deploy', 'Alerts'])
      expect(readme).toContain(words);
  });
});
