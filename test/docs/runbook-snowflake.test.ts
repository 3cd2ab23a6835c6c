import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInput } from '../../src/output';

const root = join(__dirname, '../..');
const runbook = readFileSync(join(root, 'docs/runbooks/snowflake.md'), 'utf8');
const sql = [...runbook.matchAll(/```sql\n([^]*?)```/g)].map(([, text]) => text).join('\n');
const platform = readInput(join(root, 'examples/gitlab-data/platform.yaml')).platforms[0]!;
const snowflake = 'serviceAccount:gitlab-loader@snowflake-us-west1.iam.gserviceaccount.com';

describe('the runbook of Snowflake', () => {
  it('lets the integration into every bucket that the platform lets Snowflake read', () => {
    const read = platform.buckets.filter(({ access }) => access.some(({ member }) => member === snowflake));
    expect(read).toHaveLength(2);
    const allowed = /STORAGE_ALLOWED_LOCATIONS = \((.*)\)/.exec(sql)?.[1];
    for (const { name } of read) expect(allowed).toContain(`'gcs://${name}/'`);
  });

  it('names the subscription that the pipe is told by, the secrets, the warehouses and the DAG as they are', () => {
    const [subscription] = platform.topics.flatMap(({ subscriptions }) => subscriptions);
    expect(sql).toContain(`GCP_PUBSUB_SUBSCRIPTION_NAME = '${subscription?.id ?? '?'}'`);
    const secretIds = platform.secrets.flatMap(({ values }) => values.map(({ secretId }) => secretId));
    expect(secretIds).toContain(/versions add (\S+)/.exec(runbook)?.[1]);
    const dags = platform.airflowPipelines.flatMap((one) => one.dags);
    expect(dags.map(({ id }) => id)).toContain(/dags trigger (\S+)/.exec(runbook)?.[1]);
    const literals = dags.flatMap(({ tasks }) =>
      tasks.flatMap(({ env }) =>
        env.flatMap((one) => ('value' in one ? [[one.name, one.value] as const] : [])),
      ),
    );
    const used = (ending: string) => [
      ...new Set(literals.filter(([name]) => name.endsWith(ending)).map(([, value]) => value)),
    ];
    expect(used('_WAREHOUSE').length).toBeGreaterThan(3);
    for (const name of used('_WAREHOUSE').filter((value) => /^\w+$/.test(value)))
      expect(sql).toMatch(new RegExp(`CREATE WAREHOUSE IF NOT EXISTS ${name} `, 'i'));
    for (const name of used('_DATABASE'))
      expect(sql).toMatch(new RegExp(`CREATE DATABASE IF NOT EXISTS ${name};`, 'i'));
  });

  it.each([
    ['data-27: the databases, roles and warehouses, and the integration', 'CREATE ROLE IF NOT EXISTS stitch'],
    ['data-27: the storage integration', 'CREATE STORAGE INTEGRATION IF NOT EXISTS gcs_integration'],
    ['data-28: the stage of the version database', 'STAGE IF NOT EXISTS raw.version_db.version_dump'],
    ['data-28: the stage of the license database', 'STAGE IF NOT EXISTS raw.license_db.license_dump'],
    ['data-28: the stage of Demandbase', 'STAGE IF NOT EXISTS raw.demandbase.data_stream'],
    [
      'data-29: a task for each table, once a day',
      "users_load_task WAREHOUSE = loading SCHEDULE = '1440 MINUTE'",
    ],
    ['data-29: and starts it', 'ALTER TASK raw.demandbase.demandbase_account_load_task RESUME'],
    ['data-31: the pipe', 'CREATE PIPE IF NOT EXISTS raw.pto.gitlab_pto AUTO_INGEST = TRUE'],
    ['data-37: a test that each task has run within a day', 'FROM raw.snowflake.task_history_view'],
    ['data-46: the status of the pipe', "SYSTEM$PIPE_STATUS('raw.pto.gitlab_pto')"],
    ['data-47: how a source is loaded anew beside itself', 'SWAP WITH raw.clone_salesforce'],
  ])('has %s', (_, statement) => {
    expect(sql).toContain(statement);
  });
});
