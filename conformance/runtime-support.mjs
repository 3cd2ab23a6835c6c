// What the checks of the runtime share: the program as it ships, small projects, and processes that are watched.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, must, root, temporaryFolder } from './support.mjs';

/** Builds the program, and gives a copy that whoever builds anew meanwhile does not take away. */
export function builtProgram() {
  must(process.execPath, ['runtime/build.mjs'], { cwd: root });
  const folder = temporaryFolder('program');
  cpSync(join(root, 'runtime/bin'), folder, { recursive: true });
  return join(folder, 'tapline-run.js');
}

/** A project of one tap and one target, which are shell scripts unless they say otherwise; states as files. */
export function writeProject(folder, { tap, target, settings = '', states = join(folder, 'states') }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'meltano.yml'),
    `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
environments: [{name: dev}]
state_backend.uri: file://${states}
plugins:
  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, capabilities: [state]${settings}}]
  loaders: [{name: target-b, namespace: target_b, executable: ./target}]
`,
  );
  for (const [name, text] of Object.entries({ tap, target })) {
    writeFileSync(join(folder, name), text.startsWith('#!') ? text : `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

/** Where the state of such a project is. */
export const stateFolder = 'states/dev:tap-a-to-target-b';

/** The state that is stored. */
export function storedState(folder) {
  const file = join(folder, stateFolder, 'state.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).completed.singer_state : undefined;
}

/** Starts the program in a project; it is ended with the check at the latest. */
export function startRun(
  program,
  folder,
  { args = [], env = {}, wrap = [], tasks = ['tap-a', 'target-b'] } = {},
) {
  const [command, ...rest] = [...wrap, process.execPath, program, 'run', ...args, ...tasks];
  const child = spawn(command, rest, {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      FOLDER: folder,
      NODE_PATH: join(root, 'node_modules'),
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const startedAt = performance.now();
  const ended = new Promise((done) =>
    child.once('exit', (code, signal) =>
      done({ exit: code ?? signal, seconds: (performance.now() - startedAt) / 1000 }),
    ),
  );
  const closed = new Promise((done) => child.stderr.once('close', done));
  atEnd(() => child.exitCode === null && child.signalCode === null && child.kill('SIGKILL'));
  return {
    child,
    said: () => said,
    ended: ended.then(async (how) => (await Promise.race([closed, sleep(3000)]), how)),
  };
}

/** Waits until it holds, at most so long; gives whether it does. */
export async function waitFor(holds, seconds = 60) {
  const last = performance.now() + seconds * 1000;
  while (!holds()) {
    if (performance.now() > last) return false;
    await sleep(10);
  }
  return true;
}

/** Whether a process lives; one that only waits to be noticed does not. */
export function lives(pid) {
  if (!pid) return false;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
}

/** A number that a plugin wrote into a file of the project. */
export function numberIn(folder, name) {
  try {
    return Number(readFileSync(join(folder, name), 'utf8'));
  } catch {
    return 0;
  }
}

/** Every process whose command line names the text. */
export function processesWith(text) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return lives(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Numbers that look random and can be had again. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
