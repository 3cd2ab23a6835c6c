// The machines that the Airflows of conformance/platforms/airflow.yaml are run on: a database with a login that is no
// superuser, files in the place of secrets and ConfigMaps, and free ports in the place of those of the manifests.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { airflowPrograms } from './airflow-environments.mjs';
import { Machine } from './airflow-pods.mjs';
import { startIssuer } from './openid-issuer.mjs';
import { superuser } from './postgres.mjs';
import { freePort, must } from './support.mjs';

/** What a machine without Google's bucket keeps logs in instead. */
export const localLogs = (machine) => ({
  AIRFLOW__LOGGING__REMOTE_LOGGING: 'False',
  AIRFLOW__LOGGING__BASE_LOG_FOLDER: machine.own('logs'),
});

const fernetKey = () => randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_');

/** The machine that an Airflow's containers run on, and its database with a login that is no superuser. */
export async function prepareMachine(key, version, database, objects, server) {
  const user = `acme-airflow-${key}@acme-data.iam`;
  const sql = [
    `CREATE ROLE "${user}" LOGIN`,
    `CREATE DATABASE "${database}"`,
    `GRANT CONNECT, CREATE ON DATABASE "${database}" TO "${user}"`,
  ];
  const psql = (statements, name) =>
    must('psql', ['-h', '127.0.0.1', '-p', String(server.port), '-U', superuser, '-d', name, '-qtA'], {
      input: `${statements.join(';\n')};\n`,
    });
  psql(sql, 'postgres');
  psql([`GRANT USAGE, CREATE ON SCHEMA public TO "${user}"`], database);
  const [api, health, logs, triggers] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  const issuer = await startIssuer({ id: 'airflow', secret: 'secret-of-the-client' });
  const service = `airflow-${key}-${version.startsWith('2.') ? 'webserver' : 'api-server'}`;
  const machine = new Machine(airflowPrograms(version), [
    [`${service}:8080`, `127.0.0.1:${api}`],
    ['127.0.0.1:5432', `127.0.0.1:${server.port}`],
    [`airflow-${key}-statsd`, '127.0.0.1'],
    ['127.0.0.1:8443', `127.0.0.1:${issuer.port}`],
    ['8080', String(api)],
    ['8974', String(health)],
  ]);
  machine.further = {
    ...localLogs(machine),
    REQUESTS_CA_BUNDLE: issuer.certificate,
    // Ports that only settings of their own can change.
    AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT: String(logs),
    AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT: String(triggers),
  };
  machine.api = api;
  machine.issuer = issuer;
  machine.key = key;
  machine.databasePort = server.port;
  /** Texts of the ConfigMaps as they are, by the part that they are for. */
  machine.settings = new Map();
  machine.sampleOf = (authoring) => sampleOf(objects, authoring);
  machine.psql = (statement) => psql([statement], database).trim();
  const home = machine.own('home');
  const dags = machine.own('dags');
  machine.replaced.push(
    ['/tmp/airflow', home],
    ['/git/current/dags', dags],
    ['/opt/airflow/dags', dags],
    ['/opt/airflow/plugins', machine.own('plugins')],
    ['/opt/airflow/logs', machine.own('logs')],
    ['/opt/airflow/provision', join(machine.folder, 'provision')],
    ['/opt/airflow/pod-template', join(machine.folder, 'pod-template')],
    ['/opt/airflow/webserver-config', join(machine.folder, 'webserver-config')],
    // PgBouncer is tried by a check of its own.
    [
      `airflow:$(cat ${machine.secrets}/tapline-airflow-${key}/pgbouncer-password)@airflow-${key}-pgbouncer:6432`,
      `${encodeURIComponent(user)}@127.0.0.1:${server.port}`,
    ],
  );
  // Repositories that bundles clone, in the place of those of the manifests.
  const repository = writeRepository(machine, objects);
  machine.replaced.unshift(
    ['https://github.com/acme/dags.git', repository],
    ['ssh://git@git.example.com:2222/acme/dags.git', repository],
  );
  writeSecrets(machine, key);
  writeConfigMaps(machine, objects, key);
  return machine;
}

/** The sample that the manifests hold, as a release writes it. */
function sampleOf(objects, authoring) {
  const [text] = objects.flatMap(({ kind, data }) =>
    kind === 'ConfigMap' ? (data?.['tapline_sample.py'] ?? []) : [],
  );
  return text.replace('airflow.sdk', authoring);
}

/** A repository with the sample in its folder `dags`. */
function writeRepository(machine, objects) {
  const folder = join(machine.folder, 'repository');
  const git = (...words) =>
    must('git', ['-c', 'user.name=conformance', '-c', 'user.email=c@example.com', ...words], { cwd: folder });
  machine.write('repository/dags/sample.py', sampleOf(objects, 'airflow.sdk'));
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=sample');
  machine.give('repository');
  return folder;
}

function writeSecrets(machine, key) {
  const files = {
    [`tapline-airflow-${key}/fernet-key`]: fernetKey(),
    [`tapline-airflow-${key}/jwt-secret`]: randomBytes(24).toString('hex'),
    [`tapline-airflow-${key}/api-secret-key`]: randomBytes(24).toString('hex'),
    [`tapline-airflow-${key}/pgbouncer-password`]: randomBytes(24).toString('hex'),
    'fernet/next': fernetKey(),
    'people/ada': 'first-password-of-ada',
    'git/ssh': 'no key',
    'git/known_hosts': '',
    'sso/id': 'airflow',
    'sso/secret': 'secret-of-the-client',
  };
  for (const [path, value] of Object.entries(files)) machine.write(`secrets/${path}`, value);
}

/** The files that the components mount. */
function writeConfigMaps(machine, objects, key) {
  for (const { kind, metadata, data } of objects) {
    if (kind !== 'ConfigMap' || metadata.labels['app.kubernetes.io/instance'] !== key) continue;
    const component = metadata.labels['app.kubernetes.io/component'];
    const folder = component === 'sample-dag' ? 'dags' : component;
    for (const [name, text] of Object.entries(data)) {
      machine.write(`${folder}/${name}`, text);
      machine.settings.set(component, text);
    }
  }
}

/** Lets the executor ask a real API server, as the service account of its pods and with no other right. */
export function joinCluster(machine, cluster, namespace, account) {
  const config = JSON.parse(cluster(['config', 'view', '--raw', '--output=json']).stdout);
  const { stdout, status, said } = cluster(['create', 'token', account, `--namespace=${namespace}`]);
  if (status !== 0) throw new Error(said);
  config.users[0].user = { token: stdout.trim() };
  machine.further.AIRFLOW__KUBERNETES_EXECUTOR__IN_CLUSTER = 'False';
  machine.further.AIRFLOW__KUBERNETES_EXECUTOR__CONFIG_FILE = machine.write(
    'kubeconfig.json',
    JSON.stringify(config),
  );
  machine.namespace = namespace;
}
