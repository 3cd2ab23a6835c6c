import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  buildProgram,
  remove,
  type Running,
  startProgram,
  storedState,
  temporaryFolder,
  writeProject,
} from '../support/program';

/** Writes a numbered state a thousand times a second, and on SIGTERM ends at once. */
const endlessTap = `echo $$ > "$FOLDER/tap.pid"
i=0
while :; do i=$((i + 1)); echo "{\\"type\\":\\"STATE\\",\\"value\\":{\\"n\\":$i}}"; /bin/sleep 0.01; done`;

/** Keeps every line, and gives a state back when it is kept. */
const drainingTarget = `echo $$ > "$FOLDER/target.pid"
while read -r line; do
  echo "$line" >> "$FOLDER/kept"
  n=\${line##*:}
  echo "{\\"n\\":\${n%%\\}*}}"
done`;

let shared = '';
let program = '';
let folder = '';
beforeAll(async () => {
  shared = temporaryFolder();
  program = await buildProgram(shared);
}, 60_000);
afterAll(() => {
  remove(shared);
});
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  remove(folder);
});

async function until(holds: () => boolean, running: Running): Promise<void> {
  for (let i = 0; i < 2000 && !holds() && running.child.exitCode === null; i += 1) await sleep(20);
  if (!holds()) throw new Error(`it did not come to that: ${running.said()}`);
}

function kept(): string[] {
  return existsSync(join(folder, 'kept'))
    ? readFileSync(join(folder, 'kept'), 'utf8').split('\n').slice(0, -1)
    : [];
}

function lives(name: string): boolean {
  try {
    process.kill(Number(readFileSync(join(folder, `${name}.pid`), 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

const run = ['run', 'tap-a', 'target-b'];

// More of this kind, which takes its time, is in `npm run conformance -- runtime-processes`.

describe('a run', () => {
  it('that is asked to end ends the tap, lets the target drain, keeps its last state, and lets no second one in meanwhile', async () => {
    writeProject(folder, { tap: endlessTap, target: drainingTarget });
    const running = startProgram(program, folder, run);
    await until(() => kept().length > 5, running);
    const second = startProgram(program, folder, run);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain("another run of 'dev:tap-a-to-target-b' is going on");
    expect(second.said()).toContain(`process ${String(running.child.pid)} on`);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
    const last = kept().length;
    expect(storedState(folder)).toMatchObject({ completed: { singer_state: { n: last } } });
    expect(lives('tap')).toBe(false);
    expect(lives('target')).toBe(false);
    expect(existsSync(join(folder, 'states/dev:tap-a-to-target-b/lease.json'))).toBe(false);
  }, 60_000);
});

describe('secrets', () => {
  const canary = 'canary-7f3a91-geheim';

  it('are in no log, no result, no process list, and on no disk in the end', async () => {
    writeProject(
      folder,
      {
        tap: `cat "/proc/$$/cmdline" > "$FOLDER/cmdline"; echo "password is ${canary}" >&2; cat "$2" > /dev/null; echo '{}'`,
        target: 'cat > /dev/null',
      },
      ', settings: [{name: password, kind: password}]',
    );
    const running = startProgram(program, folder, [...run, '--result', join(folder, 'result.json')], {
      TAP_A_PASSWORD: canary,
    });
    expect(await running.ended).toBe(0);
    expect(running.said()).toContain('password is ***');
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'tap.sh')
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(canary))
      .map((entry) => entry.name);
    expect(found).toEqual([]);
    expect(running.said()).not.toContain(canary);
    expect(
      readdirSync('/dev/shm')
        .filter((name) => name.startsWith('tapline-run-'))
        .filter((name) => {
          try {
            return readFileSync(join('/dev/shm', name, '0.tap.config.json'), 'utf8').includes(canary);
          } catch {
            return false;
          }
        }),
    ).toEqual([]);
  }, 60_000);
});

describe('the result', () => {
  it('tells what became of each block, also on failure', async () => {
    writeProject(folder, {
      tap: `echo 'METRIC: {"metric": "record_count", "value": 3, "tags": {"stream": "s"}}' >&2; exit 9`,
      target: 'cat > /dev/null',
    });
    writeFileSync(join(folder, 'result.json'), 'old');
    const running = startProgram(program, folder, [...run, '--result', join(folder, 'result.json')]);
    expect(await running.ended).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'))).toMatchObject({
      version: 1,
      engine: 'native',
      status: 'failure',
      exit_code: 1,
      reason: 'tap-a ended with exit code 9',
      blocks: [
        {
          name: 'tap-a target-b',
          status: 'failure',
          rows: 3,
          streams: { s: 3 },
          state_id: 'dev:tap-a-to-target-b',
          endings: { 'tap-a': { code: 9 }, 'target-b': { code: 0 } },
        },
      ],
    });
  }, 60_000);
});
