// Proves that the DAGs of the pipelines really run: a real Airflow with its scheduler, dag-processor and api-server on a
// real PostgreSQL takes the rendered files, starts by the clock what is due, then what depends on it, skips by day,
// retries, tells Slack of a failure, and keeps results. Only the pods are processes of this machine, with the command
// and the environment that the pods would have. Needs Debian's postgresql (installed if missing) and python3.
import { createServer } from 'node:http';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { airflowPrograms, airflowVersions } from './airflow-environments.mjs';
import { startPostgres, superuser } from './postgres.mjs';
import { postgresBinaries } from './psql-jobs.mjs';
import {
  check,
  clusterFolders,
  filesBelow,
  freePort,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  readManifests,
  root,
  start,
  temporaryFolder,
  until,
  atEnd,
} from './support.mjs';

const [version] = airflowVersions;
const platform = join(root, 'conformance/platforms/pipelines-run.yaml');

/** Anything that has to be quoted somewhere. */
const greeting = `a 'b' "c" {{ d }} $(HOME) %s ü`;

await main(`pipelines run by a real Airflow ${version}`, async () => {
  if (!hasCommand('python3')) return notRun('all of it', 'python3 is missing');
  needDebian(['postgresql'], () => postgresBinaries() !== '');
  const programs = airflowPrograms(version);
  const binaries = postgresBinaries();
  const database = await startPostgres(binaries);
  const sql = (query) =>
    must(join(binaries, 'psql'), [
      ...['-h', '127.0.0.1', '-p', String(database.port), '-U', superuser, '-d', 'postgres'],
      ...['-At', '-F', '|', '-c', query],
    ]).trim();
  const slack = await startSlack();
  const files = await filesOf(slack.port);
  const port = await freePort();
  const home = temporaryFolder('airflow');
  mkdirSync(join(home, 'config'));
  copyFileSync(
    join(root, 'conformance/dags/airflow_local_settings.py'),
    join(home, 'config/airflow_local_settings.py'),
  );
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    HOME: home,
    AIRFLOW_HOME: home,
    TAPLINE_STAGE: files.stage,
    AIRFLOW_VAR_GREETING: greeting,
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API_AUTH__JWT_SECRET: 'x'.repeat(64),
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `http://127.0.0.1:${port}/execution/`,
    AIRFLOW__CORE__EXECUTOR: 'LocalExecutor',
    AIRFLOW__CORE__INTERNAL_API_SECRET_KEY: 'y'.repeat(64),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__PARALLELISM: '4',
    AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST: files.bundles,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://${superuser}@127.0.0.1:${database.port}/postgres`,
    AIRFLOW__LOGGING__BASE_LOG_FOLDER: join(home, 'logs'),
  };
  must('airflow', ['db', 'migrate'], { env });
  // The pools are made by the provisioning of the Airflow, which another check runs.
  must('airflow', ['pools', 'set', 'narrow', '1', 'set by the check'], { env });
  const component = (...args) => start('airflow', args, { env });
  const server = component('api-server', '--port', String(port), '--host', '127.0.0.1', '--workers', '1');
  const processes = [server];
  await until(() => answers(port), { what: 'the api-server answers', seconds: 180, processes });
  processes.push(component('dag-processor'), component('scheduler'));
  const patience = {
    seconds: 900,
    processes: [...processes, { child: { exitCode: null }, said: () => logsBelow(join(home, 'logs')) }],
  };

  const stateOf = (dag) => sql(`SELECT state FROM dag_run WHERE dag_id = '${dag}' ORDER BY id LIMIT 1`);
  await until(() => sql('SELECT count(*) FROM dag WHERE is_stale = false') === '3', {
    what: 'three DAGs are in the database',
    ...patience,
  });
  check(
    'the three DAGs are in the database, none with an import error',
    sql('SELECT count(*) FROM import_error') === '0',
  );
  await until(() => stateOf('el_orders') === 'success', { what: 'el_orders succeeds', ...patience });
  check(
    'a pipeline that is due runs by the clock',
    sql("SELECT run_type FROM dag_run WHERE dag_id = 'el_orders' LIMIT 1") === 'scheduled',
  );

  const result = JSON.parse(xcomOf(sql, 'el_orders', 'orders'));
  const [logical, from, to] = sql(
    "SELECT logical_date, data_interval_start, data_interval_end FROM dag_run WHERE dag_id = 'el_orders' LIMIT 1",
  )
    .split('|')
    .map((text) => Date.parse(text));
  check(
    'its result is its XCom, with the moments of the run',
    Date.parse(result.TAPLINE_LOGICAL_DATE) === logical &&
      Date.parse(result.TAPLINE_DATA_INTERVAL_START) === from &&
      Date.parse(result.TAPLINE_DATA_INTERVAL_END) === to &&
      to - from === 86_400_000,
    JSON.stringify(result),
  );
  check(
    'it is told of itself',
    result.TAPLINE_DAG_ID === 'el_orders' &&
      result.TAPLINE_TASK_ID === 'orders' &&
      result.TAPLINE_RUN_ID.startsWith('scheduled__') &&
      result.TAPLINE_TRY_NUMBER ===
        sql("SELECT try_number FROM task_instance WHERE dag_id = 'el_orders' LIMIT 1"),
    JSON.stringify(result),
  );
  check('a Variable arrives as it is, whatever it holds', result.GREETING === greeting, result.GREETING);
  check('a Variable that nobody has set has its default', result.UNSET === '50%', result.UNSET);
  check('a secret is read from its file', result.TOKEN === 'the token', result.TOKEN);

  await until(() => stateOf('t_report') === 'success', { what: 't_report succeeds', ...patience });
  check(
    'a pipeline that depends on it runs when it has succeeded',
    sql("SELECT run_type FROM dag_run WHERE dag_id = 't_report' LIMIT 1") === 'asset_triggered',
  );
  const states = Object.fromEntries(
    sql("SELECT task_id, state FROM task_instance WHERE dag_id = 't_report'")
      .split('\n')
      .map((line) => line.split('|')),
  );
  const sunday = new Date().getUTCDay() === 0;
  check(
    'of two tasks the one runs whose day it is, and what comes after both goes on',
    states.fetch === 'success' &&
      states.publish === 'success' &&
      states.weekday === (sunday ? 'success' : 'skipped') &&
      states.otherwise === (sunday ? 'skipped' : 'success'),
    JSON.stringify(states),
  );
  check(
    'a run without a logical date knows when it was started',
    !Number.isNaN(Date.parse(JSON.parse(xcomOf(sql, 't_report', 'publish')).started)),
  );

  await until(() => stateOf('broken') === 'failed' && slack.received.length > 0, {
    what: 'broken fails and Slack is told',
    ...patience,
  });
  check(
    'a task that fails is tried again, and then Slack is told once',
    sql("SELECT try_number FROM task_instance WHERE dag_id = 'broken'") === '2' &&
      slack.received.length === 1,
    JSON.stringify(slack.received),
  );
  check(
    'the message says which task of which run failed, and why',
    /\*broken\* · broken failed in the run scheduled__\S+ \(try 2\): .*the pod ended with 3/.test(
      slack.received[0],
    ),
    slack.received[0],
  );
  check(
    'the pool that was named was used',
    sql("SELECT pool FROM task_instance WHERE dag_id = 'el_orders' LIMIT 1") === 'narrow',
  );
});

/** What the tasks logged, for when one of them does not do what it should. */
function logsBelow(folder) {
  const logs = filesBelow(folder).filter((file) => file.includes('task_id='));
  return logs.map((file) => `${file}\n${readFileSync(join(folder, file), 'utf8')}`).join('\n');
}

function xcomOf(sql, dag, task) {
  const value = sql(
    `SELECT value FROM xcom WHERE dag_id = '${dag}' AND task_id = '${task}' AND key = 'return_value' LIMIT 1`,
  );
  // A dictionary is stored as JSON; the database shows a text of JSON as such.
  const parsed = JSON.parse(value);
  return typeof parsed === 'string' ? parsed : value;
}

async function answers(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/v2/monitor/health`)).ok;
  } catch {
    return false;
  }
}

/** The files that the manifests give the Airflow, with its bundles, and a folder that stands for the root of pods. */
async function filesOf(slackPort) {
  const out = temporaryFolder('pipelines');
  must(process.execPath, [join(root, 'bin/tapline.js'), 'synth', '--file', platform, '--out', out]);
  const [folder] = clusterFolders(out);
  const objects = await readManifests(folder);
  const processor = objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'airflow-main-dag-processor',
  );
  const { containers, volumes } = processor.spec.template.spec;
  const stage = temporaryFolder('stage');
  const place = containers[0].volumeMounts.find(({ name }) => name === 'tapline-files').mountPath;
  for (const { configMap } of volumes.find(({ name }) => name === 'tapline-files').projected.sources) {
    const { data } = objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap.name,
    );
    for (const { key, path } of configMap.items) {
      const file = join(stage, place, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, data[key].replaceAll('"/run/secrets/', `"${stage}/secrets/`));
    }
  }
  mkdirSync(join(stage, 'secrets/told'), { recursive: true });
  writeFileSync(join(stage, 'secrets/told/token'), 'the token');
  writeFileSync(join(stage, 'secrets/told/slack'), `http://127.0.0.1:${slackPort}/services/T/B/x\n`);
  const bundles = JSON.parse(
    containers[0].env.find(({ name }) => name === 'AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST').value,
  ).filter(({ name }) => name === 'tapline');
  bundles[0].kwargs.path = join(stage, bundles[0].kwargs.path);
  return { stage, bundles: JSON.stringify(bundles) };
}

/** Takes what would be sent to Slack. */
function startSlack() {
  const received = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push(JSON.parse(body).text);
      response.end('ok');
    });
  });
  atEnd(() => server.close());
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ port: server.address().port, received }));
  });
}
