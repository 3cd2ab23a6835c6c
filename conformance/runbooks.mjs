// Runs the runbooks: every command of docs/runbooks (but databases.md, which is tried where its Jobs are), one after the
// other in one shell, as somebody would paste them. kubectl works on a real API server that has the example's manifests,
// airflow on the real Airflow and a real PostgreSQL; runbook-programs.mjs says what stands in for what needs a cloud.
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { airflowPrograms } from './airflow-environments.mjs';
import { startServer } from './kubernetes-server.mjs';
import { startPostgres, superuser } from './postgres.mjs';
import { postgresBinaries } from './psql-jobs.mjs';
import {
  check,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  root,
  run,
  synthesize,
  temporaryFolder,
} from './support.mjs';

const airflowVersion = '3.3.2';
const all = [
  { name: 'airflow', example: 'minimal' },
  { name: 'meltano', example: 'gitlab-meltano' },
  { name: 'secrets', example: 'gitlab-meltano' },
  { name: 'storage', example: 'minimal', extra: 'storage.yaml' },
];

/** What must not pass, so that passing means something. */
const faults = [
  'kubectl logs deployment/airflow-main-scheduler --container=nobody',
  'kubectl logs --selector=app.kubernetes.io/component=nobody --container=scheduler',
  'kubectl port-forward service/airflow-main-api-server 8080:9999',
  'kubectl rollout status deployment/airflow-main-nobody',
  'kubectl wait --for=condition=Complete jobs --selector=app.kubernetes.io/component=nobody',
  'kubectl exec deployment/airflow-main-scheduler --container=scheduler -- airflow dags clera orders',
  'kubectl exec deployment/airflow-main-scheduler --container=scheduler -- airflow dags list-runs nobody --state=odd',
  `kubectl patch cronjob orders --patch='{"spec":{"concurrencyPolicy":"Sometimes"}}'`,
  'terraform -chdir=examples/minimal/cdktf.out/stacks/nobody apply',
  'tapline images lok',
  'tapline images check --file examples/minimal/platform.yaml --of-line',
];

/** Named ones, or all. */
const runbooks = all.filter(({ name }) => process.argv.length < 3 || process.argv.includes(name));

/** The commands of a runbook, block by block, with the heading that each stands below. */
function blocksOf(name) {
  const text = readFileSync(join(root, 'docs/runbooks', `${name}.md`), 'utf8');
  return [...text.matchAll(/^( *)```bash\n([^]*?)^ *```$/gm)].map((match) => {
    const [, indent, code] = match;
    const headings = [...text.slice(0, match.index).matchAll(/^##+ (.*)$/gm)];
    return {
      heading: headings.at(-1)?.[1] ?? 'names',
      code: code.replace(new RegExp(`^${indent}`, 'gm'), ''),
    };
  });
}

/** One shell for all of it; each block says that it began and that it ended well. */
function scriptOf(blocks) {
  return [
    'set -euo pipefail',
    ...blocks.map(({ code }, i) => `echo "@@ begin ${i}"\n${code}echo "@@ end ${i}"`),
  ].join('\n');
}

/** Airflow with its tables in a real database, one DAG and one run of it, as a failed one would be there. */
async function startAirflow() {
  needDebian(['postgresql'], () => postgresBinaries() !== '');
  const binaries = postgresBinaries();
  const server = await startPostgres(binaries);
  must(join(binaries, 'createdb'), [
    '-h',
    '127.0.0.1',
    '-p',
    String(server.port),
    '-U',
    superuser,
    'airflow',
  ]);
  const home = temporaryFolder('airflow');
  mkdirSync(join(home, 'dags'));
  writeFileSync(
    join(home, 'dags/orders.py'),
    [
      'from datetime import datetime, timezone',
      'from airflow.sdk import DAG',
      'from airflow.providers.standard.operators.empty import EmptyOperator',
      'with DAG("orders", schedule="@daily", start_date=datetime(2026, 10, 1, tzinfo=timezone.utc), catchup=False):',
      '    EmptyOperator(task_id="run") >> EmptyOperator(task_id="check")',
      '',
    ].join('\n'),
  );
  const programs = airflowPrograms(airflowVersion);
  const environment = {
    AIRFLOW_HOME: home,
    AIRFLOW__CORE__DAGS_FOLDER: join(home, 'dags'),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://${superuser}@127.0.0.1:${server.port}/airflow`,
    PATH: `${programs}:${process.env.PATH}`,
  };
  const airflow = join(programs, 'airflow');
  const prepare = (...args) => must(airflow, args, { env: { ...process.env, ...environment } });
  prepare('db', 'migrate');
  prepare('dags', 'reserialize');
  const id = 'manual__2026-11-20T00:00:00+00:00';
  prepare('dags', 'trigger', 'orders', `--run-id=${id}`, '--logical-date=2026-11-20T00:00:00+00:00');
  return { airflow, environment };
}

await main('runbooks', async () => {
  for (const command of ['kubectl', 'go', 'jq', 'bash']) {
    if (!hasCommand(command)) return notRun('the runbooks', `${command} is missing`);
  }
  const gcloud = hasCommand('gcloud') ? must('sh', ['-c', 'command -v gcloud']).trim() : '';
  if (gcloud === '')
    notRun('commands of gcloud', 'gcloud is missing', {
      optional: 'it is large, and Google keeps its syntax',
    });
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const airflow = await startAirflow();
  const server = await startServer();

  const bin = temporaryFolder('programs');
  for (const program of ['kubectl', 'gcloud', 'terraform', 'tapline']) {
    const file = join(bin, program);
    writeFileSync(
      file,
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'conformance/runbook-programs.mjs')}" ${program} "$@"\n`,
    );
    chmodSync(file, 0o755);
  }

  for (const { name, example, extra } of runbooks) {
    // The commands name files as they are in the repository.
    const project = temporaryFolder(name);
    cpSync(join(root, 'examples', example), join(project, 'examples', example), { recursive: true });
    synthesize(example, join(project, 'examples', example));
    const kubectl = await server.fresh();
    const applied = kubectl([
      'apply',
      '--server-side',
      '-R',
      '-f',
      join(project, 'examples', example, 'dist'),
    ]);
    check(`${name}: the manifests of ${example} are there`, applied.status === 0, applied.said);
    if (extra) prepareStorage(kubectl, join(root, 'conformance/runbooks', extra));
    if (name === 'secrets') prepareSecret(kubectl);

    const config = join(bin, `${name}.kubeconfig`);
    writeFileSync(config, kubectl(['config', 'view', '--raw', '--output=json']).stdout, { mode: 0o600 });
    const settings = join(bin, `${name}.json`);
    const scratch = temporaryFolder('logs');
    writeFileSync(
      settings,
      JSON.stringify({
        programs: { kubectl: must('sh', ['-c', 'command -v kubectl']).trim(), gcloud },
        project,
        airflow: airflow.airflow,
        airflowEnvironment: airflow.environment,
        tapline: join(root, 'bin/tapline.js'),
        scratch,
      }),
    );
    const options = {
      cwd: project,
      input: 'a value that is typed\n'.repeat(8),
      env: {
        ...process.env,
        PATH: `${bin}:${process.env.PATH}`,
        KUBECONFIG: config,
        CLOUDSDK_CONFIG: join(bin, 'settings-of-gcloud'),
        CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
        RUNBOOK_SETTINGS: settings,
        NO_COLOR: '1',
      },
    };
    if (name === 'airflow') {
      const wrong =
        gcloud === ''
          ? faults
          : [...faults, 'gcloud sql backups creat --instance=x', 'gcloud secrets list --no-such-flag'];
      for (const command of wrong) {
        const { status } = run(
          'bash',
          ['-c', `kubectl config set-context --current --namespace=acme > /dev/null; ${command}`],
          options,
        );
        check(`a fault is found: ${command.slice(0, 100)}`, status !== 0);
      }
    }
    const blocks = blocksOf(name);
    check(`${name}: there are commands`, blocks.length > 4, String(blocks.length));
    const result = run('bash', ['-c', scriptOf(blocks)], options);
    blocks.forEach(({ heading, code }, i) => {
      const ended = result.stdout.includes(`@@ end ${i}\n`);
      const begun = result.stdout.includes(`@@ begin ${i}\n`);
      const title = `${name}: ${heading}: ${code.trim().split('\n')[0].slice(0, 90)}`;
      if (begun || ended)
        check(
          title,
          ended,
          `${code}\n${result.stdout.split(`@@ begin ${i}\n`)[1] ?? ''}\n${result.stderr.slice(-3000)}`,
        );
      else check(title, false, 'not reached');
    });
    check(`${name}: every command ends well`, result.status === 0, result.stderr.slice(-2000));
  }
});

/** As the claims of a cluster are: of a class that can grow, and bound. */
function prepareStorage(kubectl, file) {
  const applied = kubectl(['apply', '--server-side', '--filename', file]);
  check('storage: there is a claim, a volume and a pod', applied.status === 0, applied.said);
  const bound = '{"status":{"phase":"Bound","capacity":{"storage":"10Gi"}}}';
  for (const [kind, name] of [
    ['persistentvolumeclaim', 'logs'],
    ['persistentvolume', 'logs'],
  ]) {
    const phase = kind === 'persistentvolume' ? '{"status":{"phase":"Bound"}}' : bound;
    const patched = kubectl([
      '-n',
      'acme',
      'patch',
      kind,
      name,
      '--subresource=status',
      '--type=merge',
      `--patch=${phase}`,
    ]);
    check(`storage: the ${kind} is bound`, patched.status === 0, patched.said);
  }
}

/** What External Secrets would have made. */
function prepareSecret(kubectl) {
  const made = kubectl([
    '-n',
    'gitlab',
    'create',
    'secret',
    'generic',
    'tap-secrets',
    '--from-literal=tap_xactly=x',
  ]);
  check('secrets: the Secret is there', made.status === 0, made.said);
}
