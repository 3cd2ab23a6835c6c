// Proves that real Airflows of every release take the manifests: each variable is an option of that version and has the
// value that is meant, the linter of the configuration finds nothing, the migration Job and the Job of roles and pools
// do what they say on a real PostgreSQL, every component starts with its rendered command and variables as a user that
// can write nothing but its temporary folder, and its probes succeed. Needs Debian's postgresql (installed if missing),
// python3 and openssl. Names of Airflows (production, testing, older, legacy) on the command line leave out the others.
import { join } from 'node:path';
import { replaceScheduler, slowDag } from './airflow-drain.mjs';
import { joinCluster, prepareMachine } from './airflow-machines.mjs';
import { checkPgbouncer } from './airflow-pgbouncer.mjs';
import { airflowPods } from './airflow-pods.mjs';
import { checkProvision } from './airflow-provision.mjs';
import { checkSignIn } from './airflow-sign-in.mjs';
import { runTasks } from './airflow-tasks.mjs';
import { startServer } from './kubernetes-server.mjs';
import { startPostgres } from './postgres.mjs';
import { postgresBinaries } from './psql-jobs.mjs';
import {
  check,
  hasCommand,
  main,
  must,
  needDebian,
  readManifests,
  root,
  temporaryFolder,
} from './support.mjs';

const platform = join(root, 'conformance/platforms/airflow.yaml');

/** Airflow → its version and database, as the platform's file says. */
const instances = {
  production: { version: '3.3.2', database: 'production', namespace: 'production' },
  testing: { version: '3.3.2', database: 'testing', namespace: 'testing' },
  older: { version: '3.2.2', database: 'older', namespace: 'testing' },
  legacy: { version: '2.11.2', database: 'legacy', namespace: 'testing' },
};

/** The sample, for Airflows whose DAGs would come from a repository. */
const sample = 'tapline_sample';

/** Components whose variables differ; those of the others are among them. */
const settled = ['migrate', 'scheduler', 'api-server', 'webserver', 'worker'];

await main('configuration of real Airflows', async () => {
  needDebian(['postgresql'], () => postgresBinaries() !== '');
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const named = process.argv.slice(2);
  const out = temporaryFolder('airflow-platform');
  must(process.execPath, [join(root, 'bin/tapline.js'), 'synth', '--file', platform, '--out', out]);
  const objects = await readManifests(join(out, 'dist/platform'));
  const server = await startPostgres(postgresBinaries());
  const kubernetes = await startServer();
  const cluster = await kubernetes.fresh();
  const applied = cluster(['apply', '--server-side', '-R', '-f', join(out, 'dist')]);
  check('a real API server takes the manifests', applied.status === 0, applied.stderr);
  for (const [key, instance] of Object.entries(instances)) {
    if (named.length > 0 && !named.includes(key)) continue;
    await checkInstance(key, instance, objects, server, cluster);
  }
});

async function checkInstance(key, { version, database, namespace }, objects, server, cluster) {
  const pods = airflowPods(objects, key);
  const machine = await prepareMachine(key, version, database, objects, server);
  if (pods.has('worker')) joinCluster(machine, cluster, namespace, `airflow-${key}`);
  const label = `${key} (${version})`;
  checkSettings(label, machine, pods);
  checkMigration(label, machine, pods);
  checkProvision(label, machine, pods, objects, key);
  if (pods.has('pgbouncer')) await checkPgbouncer(label, machine, pods);
  await checkComponents(label, machine, pods, cluster);
}

/** Each variable of each container is an option, and has the value that is meant. */
function checkSettings(label, machine, pods) {
  const script = join(root, 'conformance/airflow/settings.py');
  for (const [component, spec] of pods) {
    const container = spec.containers[0];
    if (!settled.includes(component)) continue;
    const environment = machine.environment(container, machine.further);
    const said = machine.run(container, { further: machine.further, command: ['python', script] });
    let told;
    try {
      told = JSON.parse(said.stdout.slice(said.stdout.indexOf('{"AIRFLOW')));
    } catch {
      check(`${label}: ${component}: its settings are read`, false, said.said.slice(-3000));
      continue;
    }
    const rendered = new Set(container.env.map(({ name }) => name));
    const settings = Object.entries(told).filter(([name]) => rendered.has(name));
    const wrong = settings.flatMap(([name, setting]) => {
      if (!setting.known) return [`${name}: no such option`];
      if (setting.deprecated) return [`${name}: deprecated`];
      if (setting.isCommand && !setting.mayBeCommand) return [`${name}: commands are not asked for it`];
      const meant = setting.isCommand ? must('sh', ['-c', environment[name]]).trim() : environment[name];
      return setting.value === meant ? [] : [`${name}: ${setting.value} and not ${meant}`];
    });
    check(
      `${label}: ${component}: all ${settings.length} settings are options of that version and are read as meant`,
      wrong.length === 0 && settings.length > 4,
      wrong.join('\n'),
    );
  }
  const { further } = machine;
  const scheduler = pods.get('scheduler').containers[0];
  // That of Airflow 2 tells what an upgrade to 3 would change.
  if (!label.includes('(2.')) {
    const lint = machine.run(scheduler, { further, command: ['airflow', 'config', 'lint'] });
    // It tells everybody whose executor is not the new default one.
    const found = lint.stdout
      .split('\n')
      .filter((line) => /^ +- /.test(line) && !line.includes('Changed default value of `executor`'));
    check(
      `${label}: airflow config lint finds nothing`,
      lint.status === 0 && /No issues found|Found issues in/.test(lint.stdout) && found.length === 0,
      lint.said.slice(-2000),
    );
  }
  const info = machine.run(scheduler, { further, command: ['airflow', 'info'] });
  check(`${label}: airflow info works`, info.status === 0, info.said.slice(-2000));
}

function checkMigration(label, machine, pods) {
  const migrated = machine.run(pods.get('migrate').containers[0]);
  check(`${label}: the migration Job ends well`, migrated.status === 0, migrated.said.slice(-3000));
  const waiting = pods.get('scheduler').initContainers.find(({ name }) => name === 'check-migrations');
  const ready = machine.run(waiting, { further: machine.further });
  check(`${label}: what waits for the migrations goes on`, ready.status === 0, ready.said.slice(-2000));
}

/** Every component starts, and its probes succeed as the kubelet would ask; together they run a task. */
async function checkComponents(label, machine, pods, cluster) {
  const running = [];
  // Before the dag-processor, which looks for new files every five minutes.
  const authoring = label.includes('2.11') ? 'airflow.decorators' : 'airflow.sdk';
  machine.write(`dags/${sample}.py`, machine.sampleOf(authoring));
  if (label.startsWith('testing')) machine.write('dags/slow.py', slowDag());
  for (const [component, spec] of pods) {
    const [container] = spec.containers;
    if (container.startupProbe === undefined || container.command?.[0] !== 'airflow') continue;
    const process = machine.start(container, { further: machine.further });
    running.push({ component, process });
    const started = await untilProbe(machine, container.startupProbe, container, process);
    check(`${label}: ${component} starts, by its startup probe`, started, process.said().slice(-4000));
    if (!started) continue;
    for (const kind of ['livenessProbe', 'readinessProbe']) {
      const holds = await machine.probe(container[kind], container, machine.further);
      check(`${label}: ${component}: its ${kind} succeeds`, holds, process.said().slice(-2000));
    }
    if (container.volumeMounts.some(({ name }) => name === 'webserver-config')) {
      await checkSignIn(label, machine, process);
    }
  }
  if (pods.has('worker')) await checkExecutor(label, machine, pods, cluster);
  else if (label.startsWith('testing')) await checkDrain(label, machine, pods, running);
  for (const { component, process } of running) {
    process.child.kill('SIGTERM');
    await Promise.race([process.ended, new Promise((done) => setTimeout(done, 60_000))]);
    check(
      `${label}: ${component} ends by SIGTERM within a minute`,
      process.child.exitCode !== null || process.child.signalCode !== null,
    );
    await process.stop();
  }
}

/** Asks as often as the kubelet would, but sooner. */
async function untilProbe(machine, probe, container, process) {
  const last = Date.now() + probe.periodSeconds * probe.failureThreshold * 1000;
  while (Date.now() < last && process.child.exitCode === null) {
    if (await machine.probe(probe, container, machine.further)) return true;
    await new Promise((done) => setTimeout(done, Math.min(probe.periodSeconds, 3) * 1000));
  }
  return false;
}

/**
 * The scheduler makes pods for the tasks of the sample, which the API server takes under `restricted` and by the rights
 * of the service account. What they would run is run here, with their own variables, and the API server is told so.
 */
async function checkExecutor(label, machine, pods, cluster) {
  const scheduler = pods.get('scheduler').containers[0];
  const outcome = await runTasks({ machine, cluster, scheduler, dag: sample });
  check(
    `${label}: the API server takes the pods of ${outcome.pods.length} tasks`,
    outcome.pods.length >= 2,
    outcome.told,
  );
  const keyless = pods
    .get('worker')
    .containers[0].env.every(({ name }) => !/FERNET|JWT|SQL_ALCHEMY/.test(name));
  check(
    `${label}: what they run ends well${keyless ? ', with neither the database nor a key' : ''}`,
    outcome.failed.length === 0 && outcome.pods.length > 0,
    outcome.failed.join('\n'),
  );
  check(
    `${label}: the run of the DAG succeeds, by the database`,
    outcome.state === 'success',
    `${outcome.state}\n${outcome.told}`,
  );
  check(
    `${label}: the executor takes away the pods that have ended`,
    outcome.left === 0,
    `${outcome.left} are left`,
  );
}

/** A rollout of the LocalExecutor loses no task, and starts none twice. */
async function checkDrain(label, machine, pods, running) {
  const scheduler = pods.get('scheduler').containers[0];
  const at = running.findIndex(({ component }) => component === 'scheduler');
  const [{ process: old }] = running.splice(at, 1);
  const { state, tries, silentSeconds, exitCode, said } = await replaceScheduler({ machine, scheduler, old });
  check(
    `${label}: a task of ${silentSeconds} s more runs to its end, once, in a scheduler that is being replaced`,
    state === 'success' && tries === '1' && silentSeconds >= 50,
    `${state}, ${tries} tries\n${said}`,
  );
  check(`${label}: and then that scheduler ends by itself`, exitCode === 0, `${exitCode}\n${said}`);
  await old.stop();
}
