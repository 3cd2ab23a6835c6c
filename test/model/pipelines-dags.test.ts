import { loadPlatforms, type Dag, type DagTask, type Platform } from '../../src/model';

const head = `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
cluster:
  nodePools:
    main: {}
    tasks: { dedicated: true }
databases:
  main: { databases: [airflow, warehouse] }
namespaces: { orchestration: {}, jobs: {} }
secrets:
  warehouse: { keys: [password], namespaces: [jobs] }
  told: { keys: [slack], namespaces: [orchestration] }
airflow:
  main:
    namespace: orchestration
    database: main/airflow
    pools: { pgp: 4, dbt: 1 }
    tasks: { namespace: jobs, pool: tasks, env: { ACCOUNT: acme } }
meltano:
  elt: { namespace: jobs, image: images/elt:1.0.0, database: main/warehouse, env: { A: project, B: project } }
`;

function platformWith(pipelines: string, files: Readonly<Record<string, string>> = {}): Platform {
  const text = `${head}pipelines:\n${pipelines}`;
  const [platform] = loadPlatforms(
    { name: 'platform.yaml', text },
    { read: (path) => files[path] },
  ).platforms;
  return platform!;
}

const dagOf = (platform: Platform, key: string): Dag =>
  platform.airflowPipelines[0]!.dags.find((dag) => dag.key === key)!;
const taskOf = (dag: Dag, key: string): DagTask => dag.tasks.find((task) => task.key === key)!;

describe('a pipeline that an Airflow runs', () => {
  it('is run by what its project says', () => {
    const pipelines = '  p: { airflow: main, meltano: elt, run: tap-a target-b }';
    const commandOf = (text: string): readonly string[] => {
      const [platform] = loadPlatforms({ name: 'platform.yaml', text }).platforms;
      return dagOf(platform!, 'p').tasks[0]!.command;
    };
    const text = `${head}pipelines:\n${pipelines}`;
    expect(commandOf(text)).toEqual(['meltano', 'run', 'tap-a', 'target-b']);
    const changed = text.replace('elt: {', 'elt: { runner: tapline-run,');
    expect(commandOf(changed)).toEqual(['tini', '--', 'tapline-run', 'run', 'tap-a', 'target-b']);
  });

  it('is a DAG with one task, and no CronJob', () => {
    const platform = platformWith(
      '  crm-orders: { airflow: main, kind: [load, extract], meltano: elt, run: tap-a target-b, schedule: "@daily" }\n  plain: { meltano: elt, run: tap-a target-b }',
    );
    expect(platform.pipelines.map(({ key }) => key)).toEqual(['plain']);
    const dag = dagOf(platform, 'crm-orders');
    expect(dag).toMatchObject({
      id: 'el_crm_orders',
      tags: ['extract', 'load'],
      owner: 'acme',
      schedule: '0 0 * * *',
      startDate: '2026-01-01',
      catchup: false,
      maxActiveRuns: 1,
      deadlineSeconds: null,
      slack: null,
    });
    expect(dag.tasks).toMatchObject([
      {
        key: 'crm-orders',
        command: ['meltano', 'run', 'tap-a', 'target-b'],
        meltano: 'elt',
        namespace: 'jobs',
        directory: '/project',
        airflowPool: 'default_pool',
        retries: 2,
      },
    ]);
  });

  it('rests without a schedule and without waiting for others while it is suspended', () => {
    const platform = platformWith(
      '  a: { airflow: main, meltano: elt, run: x, schedule: "@daily", suspended: true }\n  b: { airflow: main, meltano: elt, run: x, dependsOn: [a], suspended: true }',
    );
    expect(dagOf(platform, 'a')).toMatchObject({ schedule: null, awaited: true });
    expect(dagOf(platform, 'b')).toMatchObject({ schedule: null, dependsOn: [] });
  });

  it('gives its settings to the tasks that say nothing else', () => {
    const platform = platformWith(`
  dbt:
    airflow: main
    image: images/dbt:1.0.0
    airflowPool: dbt
    retries: 0
    env: { A: pipeline, MODEL: { variable: MODEL } }
    tasks:
      build: { command: [dbt, build] }
      load: { meltano: elt, run: tap-a target-b, retries: 5, airflowPool: pgp, pool: tasks, env: { B: task } }
`);
    const dag = dagOf(platform, 'dbt');
    expect(taskOf(dag, 'build')).toMatchObject({
      image: { reference: 'europe-west1-docker.pkg.dev/acme-data/acme-images/dbt:1.0.0' },
      retries: 0,
      airflowPool: 'dbt',
      placement: { pool: 'tasks' },
      env: [
        { name: 'A', value: 'pipeline' },
        { name: 'ACCOUNT', value: 'acme' },
      ],
    });
    const load = taskOf(dag, 'load');
    expect(load).toMatchObject({ retries: 5, airflowPool: 'pgp', placement: { pool: 'tasks' } });
    expect(load.env).toEqual(
      expect.arrayContaining([
        { name: 'A', value: 'pipeline' },
        { name: 'B', value: 'task' },
      ]),
    );
    expect(load.templates.map(({ name }) => name)).toContain('MODEL');
    expect(load.env.map(({ name }) => name)).not.toContain('MODEL');
  });
});

describe('tasks', () => {
  it('of no Meltano project run as an identity of their own, which reads their secrets', () => {
    const platform = platformWith(
      '  a: { airflow: main, image: images/x:1.0.0, command: [x], env: { P: { secret: warehouse/password } } }',
    );
    const [{ tasks } = { tasks: null }] = platform.airflowPipelines;
    expect(tasks).toMatchObject({ namespace: 'jobs', identity: { key: 'tasks-main', projectRoles: [] } });
    expect(platform.secrets.find(({ key }) => key === 'warehouse')?.readers).toEqual(['tasks-main']);
    expect(platform.identities.map(({ key }) => key)).toContain('tasks-main');
  });

  it('need no identity of their own where all are of Meltano projects', () => {
    const platform = platformWith('  a: { airflow: main, meltano: elt, run: x }');
    expect(platform.airflowPipelines[0]?.tasks).toBeNull();
    expect(platform.identities.map(({ key }) => key)).not.toContain('tasks-main');
  });

  it('stand after those that they come after, and know whether one of them may be skipped', () => {
    const platform = platformWith(`
  dbt:
    airflow: main
    image: images/dbt:1.0.0
    tasks:
      a-report: { command: [x], after: [z-full, y-build] }
      b-after-report: { command: [x], after: [a-report] }
      x-deps: { command: [x] }
      y-build: { command: [x], after: [x-deps], notOn: first-sunday }
      z-full: { command: [x], after: [x-deps], on: first-sunday }
`);
    const { tasks } = dagOf(platform, 'dbt');
    expect(tasks.map(({ key, followsSkipped }) => [key, followsSkipped])).toEqual([
      ['x-deps', false],
      ['z-full', false],
      ['y-build', false],
      ['a-report', true],
      ['b-after-report', true],
    ]);
    expect(tasks.map(({ days }) => days)).toEqual([
      null,
      { text: 'on first-sunday', weekday: 0, week: 1, not: false },
      { text: 'not on first-sunday', weekday: 0, week: 1, not: true },
      null,
      null,
    ]);
  });

  it('have pods whose names leave room for the suffix of a run', () => {
    const long = 'a-task-with-a-name-of-forty-characters-x';
    const platform = platformWith(
      `  ${long}: { airflow: main, image: images/x:1.0.0, tasks: { ${long}: { command: [x] } } }`,
    );
    const [task] = platform.airflowPipelines[0]!.dags[0]!.tasks;
    expect(task?.podName).toMatch(/^[a-z0-9-]{1,54}$/);
  });
});

describe('a manifest', () => {
  const manifest = `
tables:
  Users_2:
    import_db: gitlab
    import_query: SELECT '{EXECUTION_DATE}'::timestamp - interval '{HOURS} hours', "x" {{ y }}
    export_schema: s
    export_table: users
    export_table_primary_key: id
  audit:
    import_db: gitlab
    import_query: SELECT 1
    export_schema: s
    export_table: audit
    export_table_primary_key: id
    advanced_metadata: true
`;
  const pipeline = `
  db:
    airflow: main
    image: images/data:1.0.0
    tasks:
      dump: { command: [dump], manifest: { file: m.yaml, hours: 6 } }
      done: { command: [done], after: [dump] }
`;

  it('makes a task of each table, with its settings and its query in the environment', () => {
    const dag = dagOf(platformWith(pipeline, { 'm.yaml': manifest }), 'db');
    expect(dag.tasks.map(({ key, group, after }) => [key, group, after])).toEqual([
      ['users-2-dump', 'dump', []],
      ['audit-dump', 'dump', []],
      ['done', null, ['users-2-dump', 'audit-dump']],
    ]);
    expect(taskOf(dag, 'audit-dump').env).toEqual(
      expect.arrayContaining([
        { name: 'ADVANCED_METADATA', value: 'true' },
        { name: 'EXPORT_TABLE', value: 'audit' },
        { name: 'IMPORT_DB', value: 'gitlab' },
      ]),
    );
    const query = taskOf(dag, 'users-2-dump').templates.find(({ name }) => name === 'IMPORT_QUERY')?.template;
    expect(query).toBe(
      `{{ ("SELECT '" ~ (dag_run.logical_date or dag_run.run_after).isoformat() ~ "'::timestamp - interval '6 hours', \\"x\\" {{ y }}") | replace("$(", "$$(") }}`,
    );
  });

  it.each([
    ['is not there', {}, 'there is no such file'],
    ['is no YAML', { 'm.yaml': 'a: [' }, 'm.yaml: '],
    ['lacks a setting', { 'm.yaml': 'tables: { a: { import_db: x } }' }, 'm.yaml: tables.a.import_query: '],
    [
      'has an unknown setting',
      { 'm.yaml': manifest.replace('import_db: gitlab', 'import_db: g\n    x: 1') },
      'tables.Users_2',
    ],
    [
      'has tables of one name',
      { 'm.yaml': manifest.replace('audit:', 'users-2:') },
      "the tables 'Users_2' and 'users-2' would be one task",
    ],
  ])('fails where it %s, at the line that names it', (_, files, message) => {
    expect(() => platformWith(pipeline, files)).toThrow(message);
    expect(() => platformWith(pipeline, files)).toThrow(/manifest\.file/);
  });
});

it('templates hold a default of any text', () => {
  const platform = platformWith(
    `  a: { airflow: main, meltano: elt, run: x, env: { M: { variable: M, default: "it's \\"x\\" }} \\n ü" } } }`,
  );
  const [task] = dagOf(platform, 'a').tasks;
  expect(task?.templates.find(({ name }) => name === 'M')?.template).toBe(
    `{{ var.value.get("M", "it's \\"x\\" }} \\n ü") | replace("$(", "$$(") }}`,
  );
});

it('the secret of an alert is read by the Airflow and not by the tasks', () => {
  const platform = platformWith(
    '  a: { airflow: main, meltano: elt, run: x, alerts: { slack: told/slack } }',
  );
  expect(platform.secrets.find(({ key }) => key === 'told')?.readers).toEqual(['airflow-main']);
  expect(platform.airflowPipelines[0]?.alertSecrets.map(({ key }) => key)).toEqual(['told']);
});

it('follows renamed keys: pipelines keep their DAGs, and what depends on them finds them', () => {
  const text = `${head}pipelines:
  fresh: { airflow: main, meltano: elt, run: x }
  later: { airflow: main, meltano: elt, run: x, dependsOn: [fresh] }
renamed: { pipelines.old: fresh }
`;
  const [platform] = loadPlatforms({ name: 'platform.yaml', text }).platforms;
  expect(platform?.airflowPipelines[0]?.dags.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ['later', ['old']],
    ['old', []],
  ]);
});

describe('an Airflow that tests the pipelines of another', () => {
  const testing = `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
cluster: { nodePools: { main: {}, production-task: { dedicated: true }, testing: { dedicated: true } } }
databases: { main: { databases: [airflow, airflow_testing] } }
namespaces: { production: {}, testing: {} }
secrets: { warehouse: { keys: [password], namespaces: [production, testing] }, told: { keys: [slack], namespaces: [production] } }
airflow:
  production: { namespace: production, database: main/airflow, pools: { pgp: 4 } }
  testing: { namespace: testing, database: main/airflow_testing, tests: production, tasks: { pool: testing } }
meltano:
  elt: { namespace: production, image: images/elt:1.0.0, pool: production-task }
  elt-testing: { namespace: testing, image: images/elt:1.0.0, pool: testing, standsInFor: elt }
pipelines:
  orders: { airflow: production, meltano: elt, run: x, schedule: "@daily", airflowPool: pgp, alerts: { slack: told/slack } }
  dbt:
    airflow: production
    dependsOn: [orders]
    image: images/dbt:1.0.0
    env: { PASSWORD: { secret: warehouse/password } }
    tasks: { build: { command: [dbt, build], pool: production-task } }
`;
  const load = (text: string) => loadPlatforms({ name: 'platform.yaml', text }).platforms[0]!;

  it('has them by hand only, in its own namespace and on its own pool, and tells nobody', () => {
    const [, tested] = load(testing).airflowPipelines;
    expect(tested?.airflow).toBe('testing');
    expect(tested?.namespaces).toEqual(['testing']);
    expect(tested?.alertSecrets).toEqual([]);
    for (const dag of tested!.dags) {
      expect(dag).toMatchObject({ schedule: null, dependsOn: [], awaited: false, slack: null });
      for (const task of dag.tasks) {
        expect(task).toMatchObject({
          namespace: 'testing',
          placement: { pool: 'testing' },
          airflowPool: 'default_pool',
        });
      }
    }
    expect(tested?.dags.map(({ tasks }) => tasks[0]?.identity.key)).toEqual([
      'tasks-testing',
      'meltano-elt-testing',
    ]);
  });

  it('fails where a Meltano project has no other that stands in for it', () => {
    const text = testing.replace(', standsInFor: elt', '');
    expect(() => load(text)).toThrow(/airflow\.testing\.tests|stands in for 'elt'/);
  });

  it('fails where a secret is not in the namespace of the tests, at the line of the pipeline', () => {
    const text = testing.replace('[production, testing] }', '[production] }');
    expect(() => load(text)).toThrow("the secret 'warehouse' is not in the namespace 'testing'");
  });

  it('keeps its DAGs when keys are renamed', () => {
    const text = testing
      .replace('  elt: {', '  elt-new: {')
      .replaceAll('meltano: elt,', 'meltano: elt-new,')
      .replace('standsInFor: elt', 'standsInFor: elt-new')
      .replace('  production: { namespace', '  live: { namespace')
      .replaceAll('airflow: production', 'airflow: live')
      .replace('tests: production', 'tests: live');
    const renamed = `${text}renamed: { meltano.elt: elt-new, airflow.production: live }\n`;
    const ids = (platform: Platform) => platform.airflowPipelines.map(({ dags }) => dags.map(({ id }) => id));
    expect(ids(load(renamed))).toEqual(ids(load(testing)));
  });
});
