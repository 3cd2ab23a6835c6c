import { type Data, outputOf } from '../support/output';

const { dag, object, objects } = outputOf('examples/gitlab-data/platform.yaml');

/** A file of the ConfigMap of the production Airflow whose name begins so. */
const fileOf = (name: string, file: string): Data =>
  JSON.parse(
    objects.find(
      ({ kind, metadata }) =>
        kind === 'ConfigMap' && metadata.name.startsWith(`airflow-production-${name}-`),
    ).data[file],
  );

describe("the GitLab data team's Airflow", () => {
  test('data-18: signs people in by GitLab, with the roles of their groups', () => {
    expect(fileOf('webserver-config', 'oauth.json')).toMatchObject({
      issuer: 'https://gitlab.com',
      groupsClaim: 'groups_direct',
      roles: {
        'group:gitlab-data/engineers': ['Admin'],
        'group:gitlab-data/analysts': ['Analytics_engineer', 'Profile', 'User'],
      },
      defaultRole: 'Public',
    });
  });

  const permissionsOf = (role: string) =>
    fileOf('provision', 'provision.json').roles[role].map(
      ({ action, resource }: Data) => `${action} ${resource}`,
    );

  test('data-19: gives the role Profile the pages of its own account, and no other', () => {
    expect(permissionsOf('Profile')).toEqual([
      'can_edit My Password',
      'can_read My Password',
      'can_edit My Profile',
      'can_read My Profile',
    ]);
  });

  test('data-20: gives the role Analytics_engineer the variables and their menu, and nothing else', () => {
    expect(permissionsOf('Analytics_engineer')).toEqual([
      'menu_access Admin',
      'can_edit Variables',
      'can_read Variables',
      'menu_access Variables',
    ]);
  });

  test('data-32: runs every task in a pod, by DAGs whose names begin with what they do', () => {
    for (const id of ['el_zuora_prod', 'el_gitlab_com_scd', 'el_gitlab_com_db', 't_dbt']) {
      const { tasks, tags } = dag('production', id);
      expect(tags).toEqual(id.startsWith('el_') ? ['extract', 'load'] : ['transform']);
      const pods = tasks.flatMap(({ pod }: Data) => pod ?? []);
      expect(pods.length).toBeGreaterThan(0);
      for (const { spec } of pods) expect(spec.restartPolicy).toBe('Never');
    }
    expect(dag('production', 't_dbt').slackWebhookFile).toBe('/run/secrets/slack/webhook');
    expect(dag('testing', 't_dbt').slackWebhookFile).toBeUndefined();
  });

  test('data-33: has a task for each table of the manifest, over a window of hours, in the pool of the replica', () => {
    const { tasks: all, catchup, schedule } = dag('production', 'el_gitlab_com_db');
    // The last one only says that all tables are there.
    const tasks = all.filter(({ pod }: Data) => pod !== undefined);
    expect([schedule, catchup]).toEqual(['0 */6 * * *', true]);
    expect(tasks.map(({ id }: Data) => id).sort()).toEqual([
      'ci-builds-pgp-extract',
      'plans-pgp-extract',
      'users-pgp-extract',
    ]);
    for (const { pool, env } of tasks) {
      expect(pool).toBe('pgp');
      expect(env.IMPORT_QUERY).toMatch(/SELECT/);
    }
    expect(tasks[0].env.IMPORT_QUERY).toContain("interval '12 hours'");
    expect(tasks[0].env.IMPORT_QUERY).toContain('dag_run.logical_date');
  });

  test('data-34: hands the variables of a full refresh to dbt, with a default where nobody set them', () => {
    const [build] = dag('production', 't_dbt').tasks;
    expect(build.env.DBT_MODEL_TO_FULL_REFRESH).toContain('var.value.get("DBT_MODEL_TO_FULL_REFRESH"');
    expect(build.env.DBT_WAREHOUSE_FOR_FULL_REFRESH).toContain('TRANSFORMING_XL');
  });

  test('data-35: builds after what it reads, and everything anew on the first Sunday of a month but for one model', () => {
    const { startsAfter, tasks } = dag('production', 't_dbt');
    expect(startsAfter).toEqual([
      'tapline://gitlab/production/gitlab-com-db',
      'tapline://gitlab/production/zuora-prod',
    ]);
    const task = (id: string): Data => tasks.find((one: Data) => one.id === id);
    expect(task('build').days).toMatchObject({ not: true, weekday: 0, week: 1 });
    expect(task('full-refresh').days).toMatchObject({ weekday: 0, week: 1 });
    expect(task('full-refresh').days.not).not.toBe(true);
    expect(JSON.stringify(task('full-refresh').pod.spec)).toContain('gitlab_dotcom_usage_data_events');
    expect(task('freshness').dependsOn.sort()).toEqual(['build', 'full-refresh']);
  });

  test.each([
    ['LOAD', 'el_bamboohr', 'airflow', ['SNOWFLAKE_LOAD_DATABASE', 'SNOWFLAKE_LOAD_ROLE', 'SNOWFLAKE_LOAD_WAREHOUSE']],
    ['TRANSFORM', 't_dbt', 'snowflake', ['SNOWFLAKE_DATABASE', 'SNOWFLAKE_ROLE', 'SNOWFLAKE_WAREHOUSE']],
    ['TEST', 't_dbt_tests', 'snowflake', ['SNOWFLAKE_DATABASE', 'SNOWFLAKE_ROLE', 'SNOWFLAKE_WAREHOUSE']],
    ['PERMISSION', 'm_snowflake_permissions', 'snowflake', ['SNOWFLAKE_DATABASE', 'SNOWFLAKE_ROLE', 'SNOWFLAKE_WAREHOUSE']],
    // It belongs to the account: no database, no warehouse.
    ['SYSADMIN', 'm_clone_raw_postgres', 'snowflake', ['SNOWFLAKE_ROLE']],
  ])('data-21: has a login of Snowflake for %s, with a key pair and no password', (purpose, id, secret, literals) => {
    const [{ pod }] = dag('production', id).tasks;
    const [base] = pod.spec.containers;
    for (const key of ['USER', 'PRIVATE_KEY']) {
      expect(base.command[2]).toContain(`cat /run/secrets/${secret}/SNOWFLAKE_${purpose}_${key}`);
    }
    expect(base.env.map(({ name }: Data) => name)).toEqual(expect.arrayContaining(literals));
    expect(base.env.map(({ name }: Data) => name)).toContain('SNOWFLAKE_REPORT_WAREHOUSE');
    expect(JSON.stringify(pod)).not.toMatch(/SNOWFLAKE_\w*PASSWORD/);
  });

  test('data-22: gives a job the login, role, database and warehouse of its purpose by the names without it', () => {
    const [{ pod }] = dag('production', 't_dbt').tasks;
    const [base] = pod.spec.containers;
    const lines: string[] = base.command[2].split('\n');
    expect(lines).toContain('SNOWFLAKE_USER="$(cat /run/secrets/snowflake/SNOWFLAKE_TRANSFORM_USER)"; export SNOWFLAKE_USER');
    const values = Object.fromEntries(base.env.map(({ name, value }: Data) => [name, value]));
    expect(values).toMatchObject({
      SNOWFLAKE_ROLE: 'TRANSFORMER',
      SNOWFLAKE_DATABASE: 'PROD',
      SNOWFLAKE_WAREHOUSE: 'TRANSFORMING_XL',
    });
  });

  test.each([
    ['el_bamboohr', '0 4 * * *'],
    ['el_commit_stats', '0 9 * * *'],
    ['el_graphite', '0 10 * * *'],
    ['l_sheetload', '0 */4 * * *'],
    ['el_handbook', '0 2 * * *'],
    ['p_weekly_exports', '0 6 * * 1'],
  ])('data-36: runs %s by a command of the data image, at %s', (id, schedule) => {
    const { tasks, schedule: actual } = dag('production', id);
    expect(actual).toBe(schedule);
    expect(tasks[0].pod.spec.containers[0].image).toMatch(/\/data:1\.0\.0/);
    // The interval that a file is named after.
    expect(tasks[0].env.TAPLINE_DATA_INTERVAL_START).toContain('data_interval_start');
  });

  test('data-45: tries the DAGs of production in the namespace testing, by hand and in pods of its own', () => {
    const { schedule, tasks } = dag('testing', 'el_zuora_prod');
    expect(schedule).toBeUndefined();
    expect(tasks[0].pod).toMatchObject({
      metadata: { namespace: 'testing' },
      spec: { serviceAccountName: 'meltano-elt-review' },
    });
    expect(object('Deployment', 'airflow-testing-scheduler').metadata.namespace).toBe('testing');
  });

  test('data-23: has metrics of Airflow by an exporter', () => {
    expect(object('Deployment', 'airflow-production-statsd').spec.template.spec.containers).toHaveLength(1);
  });
});
