// What stands in for the programs of the runbooks while they are tried: `node runbook-programs.mjs PROGRAM ARGUMENTS`.
// kubectl asks the real API server; what needs a running pod is checked against what would run there (the object, its
// container, its port), and a command in a pod of Airflow is given to the real Airflow. gcloud is the real one, without
// an account: it reads its arguments and stops there. tapline is the built one.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const { programs, project, airflow, airflowEnvironment, tapline, scratch } = JSON.parse(
  readFileSync(process.env.RUNBOOK_SETTINGS, 'utf8'),
);
const [program, ...args] = process.argv.slice(2);

/** Ends as a command does. */
function pass(command, given, options = {}) {
  const { status, error } = spawnSync(command, given, { stdio: 'inherit', ...options });
  if (error) throw error;
  process.exit(status ?? 1);
}

function refuse(why) {
  console.error(`${program} ${args.join(' ')}: ${why}`);
  process.exit(90);
}

/** A real command's status and text. */
function ask(command, given, options = {}) {
  return spawnSync(command, given, { encoding: 'utf8', maxBuffer: 1 << 27, ...options });
}

const real = programs[program];
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);

({ kubectl, gcloud, terraform, tapline: runTapline })[program]();

function kubectl() {
  const verb = args.find((arg) => !arg.startsWith('-'));
  if (verb === 'exec') return inPod();
  if (verb === 'port-forward') return forward();
  if (verb === 'logs') return logs();
  if (verb === 'rollout' && args.includes('status')) return exists(args.find((arg) => arg.includes('/')));
  if (verb === 'wait') return waited();
  pass(real, args);
}

/** Objects by what names them: TYPE/NAME, or options of `kubectl get`. */
function get(...what) {
  const { status, stdout, stderr } = ask(real, ['get', ...what, '--output=json']);
  if (status !== 0) refuse(stderr.trim());
  const parsed = JSON.parse(stdout);
  return parsed.kind === 'List' ? parsed.items : [parsed];
}

function exists(target) {
  get(target);
}

function containersOf(object) {
  const pod =
    object.kind === 'Pod'
      ? object.spec
      : (object.spec.jobTemplate?.spec.template ?? object.spec.template).spec;
  return [...(pod.initContainers ?? []), ...pod.containers].map(({ name }) => name);
}

function inPod() {
  const split = args.indexOf('--');
  const target = args.slice(1, split).find((arg) => !arg.startsWith('-'));
  const [object] = get(...(target.includes('/') ? [target] : ['pod', target]));
  const container = option('container');
  if (container && !containersOf(object).includes(container)) {
    refuse(`there is no container ${container}, only ${containersOf(object).join(', ')}`);
  }
  const [command, ...rest] = args.slice(split + 1);
  if (command === 'airflow') {
    const env = { ...process.env, ...airflowEnvironment };
    const result = ask(airflow, rest, { env });
    process.stdout.write(result.stdout);
    process.stderr.write(result.stderr);
    // No scheduler runs here; that it looked for one is what can be seen.
    if (rest[0] === 'jobs' && /No alive jobs found/.test(result.stdout + result.stderr)) process.exit(0);
    process.exit(result.status ?? 1);
  }
  if (command === 'bash') process.exit(0);
  pass(
    command,
    rest.map((arg) => arg.replace('/opt/airflow/logs', scratch)),
    {
      env: { ...process.env, TAP_XACTLY: 'set' },
    },
  );
}

function forward() {
  const [service] = get(args[1]);
  const port = Number(args[2].split(':')[1]);
  if (!service.spec.ports.some((each) => each.port === port)) refuse(`the service has no port ${port}`);
}

function logs() {
  const selector = option('selector');
  const container = option('container');
  const target = args.slice(1).find((arg) => !arg.startsWith('-'));
  const wanted = (selector ?? '').split(',').map((pair) => pair.split('='));
  const found = target
    ? get(target)
    : get('deployments,jobs,cronjobs').filter((object) => {
        const template = object.spec.jobTemplate?.spec.template ?? object.spec.template;
        return wanted.every(([key, value]) => template.metadata.labels?.[key] === value);
      });
  if (found.length === 0) refuse('nothing that makes such pods');
  if (!found.every((object) => containersOf(object).includes(container))) refuse(`no container ${container}`);
}

function waited() {
  const selector = option('selector');
  const target = args.slice(1).find((arg) => !arg.startsWith('-'));
  const found = get(target, ...(selector ? [`--selector=${selector}`] : []));
  if (found.length === 0) refuse('nothing to wait for');
}

function gcloud() {
  if (real === '') process.exit(0);
  const { status, stdout, stderr } = ask(real, args);
  process.stderr.write(stderr);
  // Without an account it goes no further than its arguments; a wrong one is told by the exit code 2.
  const stopped = /do not currently have an active account|credentials|authoriz/i.test(stderr);
  if (status === 0) process.stdout.write(stdout);
  process.exit(status === 0 || (status === 1 && stopped) ? 0 : (status ?? 1));
}

/** The provider is not to be had offline: what can be seen is that the stack is there. */
function terraform() {
  const folder = args[0].replace('-chdir=', '');
  if (!existsSync(join(project, folder, 'cdk.tf.json'))) refuse(`there is no stack in ${folder}`);
}

function runTapline() {
  // Only this one asks registries.
  if (args[0] === 'images' && args[1] === 'lock') {
    if (!existsSync(join(project, option('file') ?? args[args.indexOf('--file') + 1])))
      refuse('no such file');
    pass(process.execPath, [tapline, 'images', 'lock', '--help'], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  pass(process.execPath, [tapline, ...args]);
}
