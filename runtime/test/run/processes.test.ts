import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  buildProgram,
  remove,
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

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i += 1) await sleep(20);
  if (!holds()) throw new Error('it did not come to that');
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

describe('a run that is asked to end', () => {
  it('ends the tap, lets the target drain, and keeps its last state', async () => {
    writeProject(folder, { tap: endlessTap, target: drainingTarget });
    const running = startProgram(program, folder, run);
    await until(() => kept().length > 5);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
    const last = kept().length;
    expect(storedState(folder)).toMatchObject({ completed: { singer_state: { n: last } } });
    expect(lives('tap')).toBe(false);
    expect(lives('target')).toBe(false);
    expect(existsSync(join(folder, 'states/dev:tap-a-to-target-b/lease.json'))).toBe(false);
  }, 60_000);

  it('kills a tap that does not listen, within the grace', async () => {
    writeProject(folder, { tap: `trap '' TERM\n${endlessTap}`, target: drainingTarget });
    const running = startProgram(program, folder, run, { TAPLINE_GRACE_SECONDS: '2' });
    await until(() => kept().length > 5);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
    expect(storedState(folder)).toMatchObject({ completed: { singer_state: { n: kept().length } } });
    expect(lives('tap')).toBe(false);
  }, 60_000);

  it('ends by its time limit with 1', async () => {
    writeProject(folder, { tap: endlessTap, target: drainingTarget });
    const running = startProgram(program, folder, [...run, '--timeout', '2']);
    expect(await running.ended).toBe(1);
    expect(storedState(folder)).toMatchObject({ completed: { singer_state: { n: kept().length } } });
    expect(running.said()).toContain('ended by its time limit');
  }, 60_000);

  it('ends when the tap writes nothing for too long', async () => {
    writeProject(folder, {
      tap: `echo '{"type":"STATE","value":{"n":1}}'; exec /bin/sleep 60`,
      target: drainingTarget,
    });
    const running = startProgram(program, folder, run, { TAPLINE_IDLE_TIMEOUT_SECONDS: '2' });
    expect(await running.ended).toBe(1);
    expect(running.said()).toContain('tap-a wrote nothing for 2 s');
    expect(storedState(folder)).toMatchObject({ completed: { singer_state: { n: 1 } } });
  }, 60_000);
});

describe('a run beside another', () => {
  it('fails at once, says who runs, and leaves the other alone', async () => {
    writeProject(folder, { tap: endlessTap, target: drainingTarget });
    const first = startProgram(program, folder, run);
    await until(() => kept().length > 5);
    const second = startProgram(program, folder, run);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain("another run of 'dev:tap-a-to-target-b' is going on");
    expect(second.said()).toContain(`process ${String(first.child.pid)} on`);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(143);
  }, 60_000);

  it('starts where the other was killed, and removes what it left', async () => {
    writeProject(folder, { tap: endlessTap, target: drainingTarget });
    const first = startProgram(program, folder, [...run, '--run-id', '0'.repeat(31) + '1']);
    await until(() => kept().length > 5);
    first.child.kill('SIGKILL');
    await first.ended;
    for (const name of ['tap', 'target']) {
      if (lives(name)) process.kill(-Number(readFileSync(join(folder, `${name}.pid`), 'utf8')), 'SIGKILL');
    }
    const second = startProgram(program, folder, [...run, '--timeout', '1']);
    expect(await second.ended).toBe(1);
    expect(second.said()).not.toContain('another run');
    expect(readdirSync('/dev/shm').filter((name) => name.endsWith('000000000001'))).toEqual([]);
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

describe('a command that is asked to end', () => {
  it('is ended, and leaves nothing behind', async () => {
    writeProject(folder, { tap: 'true', target: 'true' });
    const file = join(folder, 'meltano.yml');
    const utility = '  utilities:\n  - {name: util-u, namespace: util_u, executable: ./tap.sh}\n';
    writeFileSync(file, readFileSync(file, 'utf8') + utility);
    writeFileSync(join(folder, 'tap.sh'), '#!/bin/sh\necho $$ > "$FOLDER/tap.pid"\n/bin/sleep 60\n');
    const running = startProgram(program, folder, ['run', 'util-u']);
    await until(() => lives('tap'));
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(143);
    expect(lives('tap')).toBe(false);
  }, 60_000);
});
