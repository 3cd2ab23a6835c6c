// The Meltano project of examples/gitlab-meltano by the real Meltano, with exactly the environment and the commands of
// the rendered pods: what it reads of them, what its schedules and jobs are, and a run of the CronJob's command as an
// unprivileged user in a project that cannot be written, with its state in a bucket of a real object server. The taps
// and the target are stand-ins that say what they were given; the DAGs are imported by the real Airflow.
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { airflowPrograms } from './airflow-environments.mjs';
import { goProgram } from './go-program.mjs';
import {
  check,
  freePort,
  main,
  must,
  podTemplateOf,
  pythonEnvironment,
  readManifests,
  root,
  run,
  start,
  synthesize,
  temporaryFolder,
  until,
} from './support.mjs';

const version = '4.4.1';
const airflowVersion = '2.11.2';
/** As the pods run. */
const user = 10001;

const example = join(root, 'examples/gitlab-meltano');
const meltanoYml = parse(readFileSync(join(example, 'meltano/meltano.yml'), 'utf8'));

/** The literal variables of a container. */
function environmentOf(container, folder, programs) {
  const entries = container.env.map(({ name, value }) => [
    name,
    value.replace('sqlite:////tmp/', `sqlite:////${folder}/tmp/`),
  ]);
  return {
    ...Object.fromEntries(entries),
    HOME: join(folder, 'tmp'),
    TMPDIR: join(folder, 'tmp'),
    PATH: `${programs}:/usr/bin:/bin`,
    MELTANO_SEND_ANONYMOUS_USAGE_STATS: 'false',
  };
}

/**
 * What a container does before its command: it reads secrets from files, which are made here. What a secret holds is told
 * by the name of the variable.
 */
function prologueOf(container, folder) {
  const secrets = join(folder, 'secrets');
  const script = container.command[2].replaceAll('/run/secrets', secrets);
  for (const [, name, path] of script.matchAll(/^(\w+)="\$\(cat (\S+)\)"/gm)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `secret of ${name}\n`);
  }
  return (command) => [...container.command.slice(0, 2), script, 'tapline', ...command];
}

/** The command of a container after that. */
const commandOf = (container) => container.args.slice(1);

/** A stand-in for a plugin, where `meltano install` would have put the plugin. */
function installStandIn(project, kind, plugin, source, interpreter) {
  const venv = join(project, '.meltano', kind, plugin.name, 'venv');
  mkdirSync(join(venv, 'bin'), { recursive: true });
  symlinkSync(interpreter, join(venv, 'bin/python'));
  const program = join(venv, 'bin', plugin.executable);
  writeFileSync(program, `#!${join(venv, 'bin/python')}\n${source}`);
  chmodSync(program, 0o755);
  const parts = [...new Set(plugin.pip_url.split(/\s+/))].sort().join(' ');
  writeFileSync(join(venv, '.meltano_plugin_fingerprint'), createHash('sha256').update(parts).digest('hex'));
}

/** Says what it was given, by way of the records; its state counts the runs. */
const tap = `
import json, os, sys
args = sys.argv[1:]
def given(name):
    return json.load(open(args[args.index(name) + 1])) if name in args else None
config, state = given("--config"), given("--state")
if "--discover" in args:
    stream = {"tap_stream_id": "s", "stream": "s", "schema": {"type": "object", "properties": {"seen": {"type": "string"}}},
              "metadata": [{"breadcrumb": [], "metadata": {"inclusion": "available", "selected": True}}]}
    print(json.dumps({"streams": [stream]}))
    sys.exit()
runs = (state or {}).get("bookmarks", {}).get("runs", 0) + 1
seen = json.dumps({"config": config, "state": state, "classpath": os.environ.get("CLASSPATH")})
print(json.dumps({"type": "SCHEMA", "stream": "s", "key_properties": [], "schema": {"type": "object", "properties": {"seen": {"type": "string"}}}}))
print(json.dumps({"type": "RECORD", "stream": "s", "record": {"seen": seen}}))
print(json.dumps({"type": "STATE", "value": {"bookmarks": {"runs": runs}}}))
`;
const target = `
import json, os, sys
config = json.load(open(sys.argv[sys.argv.index("--config") + 1]))
state = None
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "RECORD":
        with open(os.environ["SEEN"], "w") as seen:
            json.dump({"tap": json.loads(message["record"]["seen"]), "target": config}, seen)
    if message["type"] == "STATE":
        state = message["value"]
print(json.dumps(state))
`;

/** The folder of an image after its build: the project with its plugins, and nothing of it can be written. */
function builtProject(folder, writable, interpreter) {
  const project = join(folder, 'project');
  cpSync(join(example, 'meltano'), project, { recursive: true });
  for (const kind of ['extractors', 'loaders']) {
    for (const plugin of meltanoYml.plugins[kind]) {
      installStandIn(project, kind, plugin, kind === 'extractors' ? tap : target, interpreter);
    }
  }
  for (const path of writable) mkdirSync(join(project, path), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  must('chmod', ['-R', 'a+rX,a-w', project]);
  must('chmod', ['a+rx', folder]);
  for (const path of [join(folder, 'tmp'), ...writable.map((each) => join(project, each))])
    chmodSync(path, 0o777);
  return project;
}

await main('meltano-project', async () => {
  const programs = join(pythonEnvironment(`meltano-${version}`, [`meltano[gcs]==${version}`]), 'bin');
  // One that every user may run.
  const interpreter = must('sh', ['-c', 'command -v python3'], { env: { PATH: '/usr/bin:/bin' } }).trim();
  const output = temporaryFolder('output');
  synthesize('gitlab-meltano', output);
  const manifests = await readManifests(output);
  const podOf = (kind, name) =>
    podTemplateOf(manifests.find((one) => one.kind === kind && one.metadata.name === name)).spec;
  const job = podOf('CronJob', 'xactly').containers[0];
  const scheduler = podOf('Deployment', 'gitlab-production');

  const folder = temporaryFolder('meltano');
  const writable = job.volumeMounts
    .map(({ mountPath }) => mountPath)
    .filter((path) => path.startsWith(`${job.workingDir}/`))
    .map((path) => path.slice(job.workingDir.length + 1));
  const project = builtProject(folder, writable, interpreter);
  const env = environmentOf(job, folder, programs);
  const withSecrets = prologueOf(job, folder);
  // The shell of the prologue stays root: the Python that runs Meltano here may be in root's home.
  const asUser =
    process.getuid() === 0 ? ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'] : [];
  const asPod = (command, options = {}) => {
    const [program, ...rest] = withSecrets([...asUser, ...command]);
    return run(program, rest, { cwd: project, env, ...options });
  };
  const meltano = (...args) => asPod(['meltano', ...args]);
  const json = (result) => {
    if (result.status !== 0) throw new Error(result.said);
    return JSON.parse(result.stdout);
  };

  const said = meltano('--version').stdout.trim();
  check(`it is Meltano ${version}`, said.endsWith(version), said);

  const own = json(meltano('config', '--unsafe', 'print', 'meltano'));
  check(
    'reads the state backend that the pods name',
    own.state_backend.uri === env.MELTANO_STATE_BACKEND_URI && own.state_backend.uri.startsWith('gs://'),
    JSON.stringify(own.state_backend),
  );
  check(
    'reads where its own database may be',
    own.database_uri === env.MELTANO_DATABASE_URI,
    own.database_uri,
  );

  const configOf = (plugin) =>
    json(meltano('--environment', 'production', 'config', '--unsafe', 'print', plugin));
  const expected = {
    'tap-xactly': { password: 'secret of TAP_XACTLY' },
    'tap-edcast': {
      start_date: '2000-01-01T00:00:00Z',
      end_date: '2030-01-01T00:00:00Z',
      url_base: 'https://api.domo.com',
    },
    'target-snowflake': {
      account: 'gitlab',
      database: 'RAW',
      warehouse: 'LOADING',
      role: 'LOADER',
      user: 'secret of SF_USER',
      password: 'secret of SF_PASSWORD',
    },
  };
  for (const [plugin, config] of Object.entries(expected)) {
    const read = configOf(plugin);
    check(
      `${plugin} gets what the file and the secrets say`,
      JSON.stringify(read) === JSON.stringify(config),
      JSON.stringify(read),
    );
    const listed = meltano('--environment', 'production', 'config', 'list', '--all', plugin).stdout;
    const settings = [...meltanoYml.plugins.extractors, ...meltanoYml.plugins.loaders]
      .find(({ name }) => name === plugin)
      .settings.map(({ name }) => name);
    check(
      `${plugin} has the settings ${settings.join(', ')}`,
      settings.every((name) =>
        listed.includes(`${plugin.toUpperCase().replace('-', '_')}_${name.toUpperCase()}`),
      ),
      listed,
    );
  }

  const schedules = json(meltano('schedule', 'list', '--format=json'));
  check(
    'starts every job once a day',
    JSON.stringify(schedules.schedules.job.map(({ name, cron_interval }) => [name, cron_interval])) ===
      JSON.stringify([
        ['xactly-daily', '0 0 * * *'],
        ['edcast-daily', '0 0 * * *'],
      ]),
    JSON.stringify(schedules),
  );
  for (const { job: scheduled } of schedules.schedules.job) {
    const command = commandOf(podOf('CronJob', scheduled.name).containers[0]);
    check(
      `the CronJob ${scheduled.name} runs what the job of that name runs`,
      command.slice(2).join(' ') === scheduled.tasks.join(' '),
      command.join(' '),
    );
    const dry = meltano('run', '--dry-run', scheduled.name);
    check(`the job ${scheduled.name} can be started`, dry.status === 0, dry.said);
    check('nothing in it is deprecated', !/deprecat/i.test(dry.said), dry.said);
  }

  await runWithBucket({ asPod, env, job, folder, project });
  await importDags({ folder, programs, scheduler, interpreter });
});

/** Two runs of the CronJob's own command; the second begins where the first ended. */
async function runWithBucket({ asPod, env, job, folder, project }) {
  const port = await freePort();
  const server = start(goProgram('fake-gcs-server', 'v1.55.1', 'github.com/fsouza/fake-gcs-server'), [
    ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'],
    ...['-external-url', `http://127.0.0.1:${port}`],
  ]);
  const api = `http://127.0.0.1:${port}/storage/v1/b`;
  await until(
    () =>
      fetch(api).then(
        ({ ok }) => ok,
        () => false,
      ),
    {
      what: 'the object server answers',
      processes: [server],
    },
  );
  const { hostname: bucket, pathname } = new URL(env.MELTANO_STATE_BACKEND_URI);
  await fetch(api, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
  });
  const seen = join(folder, 'tmp/seen.json');
  const runEnv = { ...env, SEEN: seen, STORAGE_EMULATOR_HOST: `http://127.0.0.1:${port}` };
  const states = async () => {
    const { items = [] } = await (await fetch(`${api}/${bucket}/o`)).json();
    return items.map(({ name }) => name);
  };

  for (const times of [1, 2]) {
    const result = asPod(commandOf(job), { env: runEnv });
    if (!check(`run ${times} of ${commandOf(job).join(' ')} succeeds`, result.status === 0, result.said))
      return;
    const { tap: given, target: loaded } = JSON.parse(readFileSync(seen, 'utf8'));
    check(
      'the tap gets its password',
      given.config.password === 'secret of TAP_XACTLY',
      JSON.stringify(given),
    );
    check(
      'the tap finds the folder of the JDBC driver',
      given.classpath === `${job.workingDir}/drivers/*` && existsSync(join(project, 'drivers')),
      given.classpath,
    );
    check('the target gets its role', loaded.role === 'LOADER', JSON.stringify(loaded));
    check(
      times === 1
        ? 'the first run begins without a bookmark'
        : 'the second run gets the bookmark of the first',
      (given.state?.bookmarks?.runs ?? 0) === times - 1,
      JSON.stringify(given.state),
    );
    const names = await states();
    const name = `${pathname.slice(1)}/production:tap-xactly-to-target-snowflake/state.json`;
    check(
      'the bookmark is in the bucket that the pods name, and no lock is left',
      names.join() === name,
      names.join(),
    );
  }
  const wrong = asPod([...commandOf(job).slice(0, 2), '--no-such-option'], { env: runEnv });
  check(
    'a wrong call ends with 2, after which the Job makes no other attempt',
    wrong.status === 2,
    wrong.said,
  );
}

/** The DAGs of the embedded scheduler, by its own commands as the Deployment has them. */
async function importDags({ folder, programs, scheduler, interpreter }) {
  const airflow = airflowPrograms(airflowVersion);
  const [main] = scheduler.containers;
  const prepare = scheduler.initContainers.find(({ name }) => name === 'prepare');
  // The image of a project that has Airflow as well: its environment stands where Meltano looks for it.
  const image = join(folder, 'scheduler');
  mkdirSync(image);
  const project = builtProject(image, ['.meltano/run', '.meltano/logs'], interpreter);
  chmodSync(join(project, '.meltano'), 0o755);
  const venv = join(project, '.meltano/utilities/airflow/venv');
  mkdirSync(dirname(venv), { recursive: true });
  must('cp', ['-r', '--symbolic-link', dirname(airflow), venv]);
  const { pip_url: pipUrl } = meltanoYml.plugins.utilities.find(({ name }) => name === 'airflow');
  const python = must('python3', [
    '-c',
    'import sys; print(f"{sys.version_info.major}.{sys.version_info.minor}")',
  ]).trim();
  const parts = [...new Set(pipUrl.replace('${MELTANO__PYTHON_VERSION}', python).split(/\s+/))]
    .sort()
    .join(' ');
  writeFileSync(join(venv, '.meltano_plugin_fingerprint'), createHash('sha256').update(parts).digest('hex'));

  const home = join(image, 'tmp/airflow');
  const withSecrets = prologueOf(main, image);
  // The connection is a secret too: here it names a database in a file.
  const connection = main.command[2].match(/AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="\$\(cat (\S+)\)"/)[1];
  writeFileSync(connection.replace('/run/secrets', join(image, 'secrets')), `sqlite:///${home}/airflow.db`);
  const podEnv = {
    ...environmentOf(main, image, programs),
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__EXECUTOR: 'SequentialExecutor',
    AIRFLOW__LOGGING__BASE_LOG_FOLDER: join(home, 'logs'),
    AIRFLOW__LOGGING__DAG_PROCESSOR_MANAGER_LOG_LOCATION: join(home, 'logs/manager.log'),
    AIRFLOW__SCHEDULER__CHILD_PROCESS_LOG_DIRECTORY: join(home, 'logs/scheduler'),
  };
  const invoke = (command) => {
    const [program, ...rest] = withSecrets(command);
    return run(program, rest, { cwd: project, env: podEnv });
  };
  const migrated = invoke(commandOf(prepare));
  check(
    `${commandOf(prepare).join(' ')} makes the tables of Airflow ${airflowVersion}`,
    migrated.status === 0,
    migrated.said,
  );
  const dags = invoke(['meltano', 'invoke', 'airflow', 'dags', 'list', '--output=json']);
  const listed =
    dags.status === 0
      ? JSON.parse(dags.stdout.split('\n').find((line) => line.startsWith('[{')) ?? '[]')
      : [];
  check(
    'each schedule is a DAG',
    listed
      .map(({ dag_id }) => dag_id)
      .sort()
      .join() === 'edcast-daily,xactly-daily',
    dags.said,
  );
  const errors = invoke(['meltano', 'invoke', 'airflow', 'dags', 'list-import-errors', '--output=json']);
  check('no DAG fails to import', /\[\]|No data found/.test(errors.stdout), errors.said);
  check('none of them warns', !/schedules\.py:\d+.*Warning/.test(dags.said), dags.said);
  const rendered = invoke([
    'meltano',
    'invoke',
    'airflow',
    'tasks',
    'render',
    'xactly-daily',
    'run',
    '2026-11-01',
  ]);
  check('its task runs the job', /exec meltano run xactly/.test(rendered.stdout), rendered.said);
}
