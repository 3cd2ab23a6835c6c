// What the conformance checks share: a report that counts, processes that always end, temporary folders that always
// go, and tools that are installed or built once and kept under .cache/ by version. Each check runs on its own, and
// prints what it checked, then one line `N passed, N failed`; it exits non-zero if anything failed.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const ending = [];

/** Does this whenever the check ends, also when it fails or is interrupted; the last one first. */
export function atEnd(action) {
  ending.push(action);
}

/** Ends everything; what has to be waited for is waited for where that is possible. */
async function end() {
  for (const action of ending.splice(0).reverse()) {
    try {
      await action();
    } catch (error) {
      console.error(`cleaning up: ${error.message}`);
    }
  }
}
process.on('exit', () => {
  for (const action of ending.splice(0).reverse()) action();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => void end().then(() => process.exit(130)));

const tally = { passed: 0, failed: 0 };

/** Counts and prints one thing that was checked; the detail is printed when it is not as it should be. */
export function check(title, holds, detail = '') {
  if (holds) tally.passed += 1;
  else tally.failed += 1;
  console.log(`${holds ? '  ok    ' : '  FAILED'} ${title}`);
  if (!holds && detail !== '') console.log(indent(String(detail)));
  return holds;
}

/**
 * Says loudly that something could not run. On a build machine (CI=true) that is a failure, unless a reason is given
 * why it may be left out there.
 */
export function notRun(what, because, { optional } = {}) {
  console.log(`  NOT RUN ${what}, because ${because}${optional ? ` (optional: ${optional})` : ''}`);
  if (process.env.CI === 'true' && !optional) tally.failed += 1;
}

/** Runs a check to its end and prints its closing line. */
export async function main(name, body) {
  console.log(name);
  try {
    await body();
  } catch (error) {
    check(name, false, error.stack ?? error);
  }
  if (tally.passed === 0 && tally.failed === 0) notRun(name, 'it found nothing to check');
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  await end();
  process.exit(tally.failed === 0 ? 0 : 1);
}

function indent(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `         ${line}`)
    .join('\n');
}

/** Runs a command to its end and gives its status and what it said; never throws for a status. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (result.error && !options.timeout) throw new Error(`${command}: ${result.error.message}`);
  // Whoever ends the command means to end the check as well.
  if (['SIGINT', 'SIGTERM'].includes(result.signal) && !options.timeout) {
    throw new Error(`${command}: interrupted by ${result.signal}`);
  }
  return {
    status: result.status ?? 1,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    said: `${result.stdout ?? ''}${result.stderr ?? ''}`,
  };
}

/** Runs a command that must succeed, and gives its standard output. */
export function must(command, args, options = {}) {
  const result = run(command, args, options);
  if (result.status !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit code ${result.status}\n${result.said}`);
  }
  return result.stdout;
}

/** Starts a process that is ended when the check ends, by the id of its group: with whatever it started itself. */
export function start(command, args, { log, ...options } = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  const said = [];
  const keep = (chunk) => {
    said.push(String(chunk));
    if (said.length > 400) said.shift();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => said.push(error.message));
  const ended = new Promise((done) => child.once('exit', done).once('error', done));
  let over = child.pid === undefined;
  const endGroup = () => {
    // Once only: later the same id may be that of somebody else.
    if (over) return;
    over = true;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // Nobody of the group is left.
      if (error.code !== 'ESRCH') throw error;
    }
  };
  child.once('exit', endGroup);
  const stop = () => {
    endGroup();
    return ended;
  };
  atEnd(stop);
  return { child, stop, ended, said: () => said.join('') };
}

/** Asks again and again until it holds. */
export async function until(holds, { what, seconds = 60, processes = [] }) {
  const last = Date.now() + seconds * 1000;
  for (;;) {
    if (await holds()) return;
    const ended = processes.find(({ child }) => child.exitCode !== null);
    if (ended || Date.now() > last) {
      const said = processes.map((p) => p.said().slice(-3000)).join('\n');
      throw new Error(`${what}: ${ended ? 'the process ended' : `not within ${seconds} s`}\n${said}`);
    }
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** A port on the loopback interface that nobody listens on. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A temporary folder that goes when the check ends. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(join(tmpdir(), `tapline-${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A folder under .cache/, made by the given steps once; a build that was interrupted counts for nothing. */
export function cached(name, build) {
  const folder = join(root, '.cache', name);
  const done = join(folder, '.complete');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    build(folder);
    writeFileSync(done, '');
  }
  return folder;
}

/** Installs Debian packages if one of the commands that they bring is missing. */
export function needDebian(packages, isThere) {
  if (isThere()) return;
  if (process.getuid?.() !== 0 || run('sh', ['-c', 'command -v apt-get']).status !== 0) {
    throw new Error(`missing: ${packages.join(' ')}; install it (only root can do that here, with apt-get)`);
  }
  console.log(`  installing ${packages.join(' ')}`);
  // At this run level a package's services are not started by its installation.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  must('apt-get', ['update', '--quiet'], { env });
  must('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...packages], { env });
  if (!isThere()) throw new Error(`${packages.join(' ')}: installed, and still missing`);
}

/** Whether a command can be found. */
export function hasCommand(name) {
  return run('sh', ['-c', `command -v ${name}`]).status === 0;
}

/** The folder of a Go module's source. */
export function goModule(path, version) {
  const said = must('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd: tmpdir() });
  const { Dir, GoMod } = JSON.parse(said);
  return { folder: Dir, goMod: GoMod };
}

/** A Python environment with exactly these packages. */
export function pythonEnvironment(name, packages) {
  return cached(name, (folder) => {
    needDebian(['python3-venv'], () => run('python3', ['-c', 'import ensurepip']).status === 0);
    console.log(`  installing ${packages.join(' ')} (minutes the first time)`);
    must('python3', ['-m', 'venv', folder]);
    must(join(folder, 'bin/pip'), ['install', '--quiet', '--prefer-binary', ...packages]);
  });
}

/** Every file below a folder, with `/` between folders, sorted. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

/** The example platforms: folders with a platform.yaml. */
export function examples() {
  const folder = join(root, 'examples');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'platform.yaml')))
    .sort();
}

/** Synthesizes an example into a folder by the built command line. */
export function synthesize(example, out) {
  synthesizeFile(join(root, 'examples', example, 'platform.yaml'), out);
}

/** Synthesizes a configuration into a folder by the built command line. */
export function synthesizeFile(file, out) {
  const program = join(root, 'bin/tapline.js');
  if (!existsSync(program)) must('npm', ['run', 'build'], { cwd: root });
  must(process.execPath, [program, 'synth', '--file', file, '--out', out], { cwd: root });
}

/** The folders of clusters below a folder: those that hold manifests. */
export function clusterFolders(folder) {
  const folders = filesBelow(folder)
    .filter((file) => file.endsWith('.k8s.yaml'))
    .map((file) => dirname(join(folder, file)));
  return [...new Set(folders)];
}

/**
 * Where the manifests are that a check is for: in the folders that its command line names, else in fresh outputs of
 * the examples, and of further platforms of conformance/platforms.
 */
export function manifestFolders(named, platforms = []) {
  if (named.length > 0) {
    return named.flatMap((folder) => clusterFolders(resolve(folder)).map((f) => ({ name: f, folder: f })));
  }
  const out = temporaryFolder('examples');
  const files = [
    ...examples().map((name) => [name, join(root, 'examples', name, 'platform.yaml')]),
    ...platforms.map((name) => [name, join(root, 'conformance/platforms', `${name}.yaml`)]),
  ];
  return files.flatMap(([name, file]) => {
    synthesizeFile(file, join(out, name));
    return clusterFolders(join(out, name)).map((folder) => ({ name: relative(out, folder), folder }));
  });
}

/** Where the manifests are of the platforms beside the checks whose names begin like this. */
export function platformFolders(prefix) {
  const out = temporaryFolder('platforms');
  const platforms = join(root, 'conformance/platforms');
  return readdirSync(platforms)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const folder = join(out, name.replace(/\.yaml$/, ''));
      synthesizeFile(join(platforms, name), folder);
      return clusterFolders(folder).map((one) => ({ name: relative(out, one), folder: one }));
    });
}

/** Reads every object of the manifests in a folder. */
export async function readManifests(folder) {
  const { parseAllDocuments } = await import('yaml');
  return filesBelow(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** The pod template of an object that has one. */
export function podTemplateOf(object) {
  if (object.kind === 'CronJob') return object.spec.jobTemplate.spec.template;
  return ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'ReplicaSet'].includes(object.kind)
    ? object.spec.template
    : undefined;
}
