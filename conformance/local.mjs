// Proves the templates for one machine and for Astronomer by the real programs: Compose takes templates/compose as it is,
// with its example of an environment, and sees what it says of ports, secrets and volumes; a real Airflow imports the
// DAGs of templates/astro for two Meltano projects, without error, with their schedules. Needs Go and python3.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { airflowPrograms, airflowVersions } from './airflow-environments.mjs';
import { cached, check, main, must, root, run, temporaryFolder } from './support.mjs';

const composeVersion = 'v2.40.3';

await main('one machine, and Astronomer', async () => {
  checkCompose();
  checkAstro();
});

/** Debian has the first version only. The program's own name in its module is `cmd`. */
function composeProgram() {
  const folder = cached(`docker-compose-${composeVersion}`, (target) => {
    console.log(`  building Compose ${composeVersion} (some minutes, once)`);
    writeFileSync(
      join(target, 'go.mod'),
      `module tapline.invalid/compose\n\ngo 1.24\n\nrequire github.com/docker/compose/v2 ${composeVersion}\n`,
    );
    const output = join(target, 'docker-compose');
    must('go', ['build', '-mod=mod', '-ldflags', '-s -w', '-o', output, 'github.com/docker/compose/v2/cmd'], {
      cwd: target,
    });
  });
  return join(folder, 'docker-compose');
}

function checkCompose() {
  const program = composeProgram();
  const folder = temporaryFolder('compose');
  cpSync(join(root, 'templates/compose'), folder, { recursive: true });
  const compose = (...args) => run(program, ['compose', '--profile', '*', ...args], { cwd: folder });
  const without = compose('config', '--format=json');
  check(
    'nothing starts without the file of variables, and it is said what to do',
    without.status !== 0 && /\.env/.test(without.said),
    without.said,
  );
  const example = readFileSync(join(folder, '.env.example'), 'utf8');
  writeFileSync(join(folder, '.env'), example.replace('PASSWORD=', 'PASSWORD=a$$b'));
  const said = compose('config', '--format=json');
  if (!check('Compose takes the file', said.status === 0, said.said)) return;
  const { services } = JSON.parse(said.stdout);
  const ports = Object.values(services).flatMap(({ ports = [] }) => ports);
  check(
    'ports are open on the machine itself alone',
    ports.length === 2 && ports.every(({ host_ip: ip }) => ip === '127.0.0.1'),
    JSON.stringify(ports),
  );
  check(
    'every variable of the file reaches the project and Airflow',
    [services.meltano, services.airflow].every(({ environment }) =>
      [...example.matchAll(/^(\w+)=/gm)].every(([, name]) => name in environment),
    ),
    Object.keys(services.meltano.environment).join(' '),
  );
  check(
    'the bookmarks are in a volume',
    services.meltano.volumes.some(({ type, target }) => type === 'volume' && target === '/state') &&
      services.meltano.environment.MELTANO_DATABASE_URI.startsWith('sqlite:////state/'),
  );
}

function checkAstro() {
  const [version] = airflowVersions;
  const folder = temporaryFolder('astro');
  cpSync(join(root, 'templates/astro/dags'), join(folder, 'dags'), { recursive: true });
  for (const name of ['first', 'second']) {
    cpSync(join(root, 'examples/gitlab-meltano/meltano'), join(folder, 'meltano', name), { recursive: true });
  }
  mkdirSync(join(folder, 'home'));
  const programs = airflowPrograms(version);
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    HOME: join(folder, 'home'),
    AIRFLOW_HOME: join(folder, 'home'),
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    MELTANO_FOLDER: join(folder, 'meltano'),
  };
  const script = [
    'import json, sys',
    'from airflow.dag_processing.dagbag import DagBag',
    'bag = DagBag(sys.argv[1])',
    'print(json.dumps({"errors": bag.import_errors, "dags": {d.dag_id: [str(d.timetable.summary), d.tasks[0].bash_command] for d in bag.dags.values()}}))',
  ].join('\n');
  const said = run(
    join(programs, 'python'),
    ['-W', 'error::DeprecationWarning:meltano', '-c', script, join(folder, 'dags')],
    {
      cwd: folder,
      env,
    },
  );
  const last = said.stdout.trim().split('\n').at(-1);
  const { errors = { all: said.said }, dags = {} } = said.status === 0 ? JSON.parse(last) : {};
  check(
    `Airflow ${version} imports the DAGs without error`,
    Object.keys(errors).length === 0,
    JSON.stringify(errors),
  );
  check(
    'each job of each project is a DAG, by its schedule',
    JSON.stringify(Object.keys(dags).sort()) ===
      JSON.stringify(['first-edcast', 'first-xactly', 'second-edcast', 'second-xactly']) &&
      Object.values(dags).every(
        ([schedule, command]) => schedule === '0 0 * * *' && /^exec \S+\/meltano run \w+$/.test(command),
      ),
    JSON.stringify(dags),
  );
}
