import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '../../..');

/** The program as it ships, built into a temporary folder. */
export async function buildProgram(folder: string): Promise<string> {
  const outfile = join(folder, 'tapline-run.js');
  await build({
    entryPoints: [join(root, 'runtime/src/cli/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['libsql'],
    logLevel: 'warning',
  });
  return outfile;
}

/** A temporary folder; the caller removes it. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tapline-runtime-'));
}

/** Removes a temporary folder. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A project with a tap and a target that are shell scripts, and states as files. */
export function writeProject(folder: string, scripts: { tap: string; target: string }, more = ''): void {
  const files = {
    'meltano.yml': `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
environments: [{name: dev}]
state_backend.uri: file://${folder}/states
plugins:
  extractors:
  - {name: tap-a, namespace: tap_a, executable: ./tap.sh, capabilities: [state]${more}}
  loaders:
  - {name: target-b, namespace: target_b, executable: ./target.sh}
`,
    'tap.sh': `#!/bin/sh\n${scripts.tap}\n`,
    'target.sh': `#!/bin/sh\n${scripts.target}\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (path.endsWith('.sh')) chmodSync(join(folder, path), 0o755);
  }
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Starts the program in a project. */
export function startProgram(
  program: string,
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: {
      PATH: '/usr/bin:/bin',
      HOME: folder,
      NODE_PATH: join(root, 'node_modules'),
      FOLDER: folder,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals>((done) => {
    child.once('close', (code, signal) => {
      done(code ?? signal ?? 0);
    });
  });
  return { child, said: () => said, ended };
}

/** The state of the pipeline as it is stored. */
export function storedState(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'states/dev:tap-a-to-target-b/state.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
