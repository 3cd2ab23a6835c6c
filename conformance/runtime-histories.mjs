// Nothing is lost, whatever happens: random histories of runs, each with a fault of its own, and a last one without any.
// Runner, tap and target are real processes that are ended by real signals, states are in a real store, and what must
// hold is looked at after every run:
//   - the bookmark is never ahead of the rows that the target holds, and never goes back;
//   - unless the runner was killed or its store failed, it is the last one that the target gave back;
//   - two targets never write at once, and nothing lives on after a run;
//   - after the last run every row is there.
// Then three bugs are planted in copies of the program, and each has to be found.
//
//   npm run conformance -- runtime-histories                        1,000 histories
//   node conformance/runtime-histories.mjs --histories 10000        more, in an hour or two
//   node conformance/runtime-histories.mjs --seed 7 --only 123      one of them again, and the smallest part that still fails
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, check, main, must, root, run, temporaryFolder } from './support.mjs';
import {
  builtProgram,
  lives,
  numberIn,
  randomFrom,
  startRun,
  storedState,
  waitFor,
  writeProject,
} from './runtime-support.mjs';

/** Gives rows above the bookmark, and a state after every few; a fault at a row. */
const tap = `#!/usr/bin/env -S python3 -S -E
import json, os, signal, sys, time
open('tap.pid', 'w').write(str(os.getpid()))
plan = json.load(open('plan.json'))
at, fault = plan.get('at', 0), plan.get('tap')
last = 0
if '--state' in sys.argv:
    last = json.load(open(sys.argv[sys.argv.index('--state') + 1]))['n']
def write(line):
    sys.stdout.write(line + '\\n'); sys.stdout.flush()
for n in range(last + 1, plan['rows'] + 1):
    if n == at:
        if fault == 'kill': os.kill(os.getpid(), signal.SIGKILL)
        if fault == 'exit': sys.exit(3)
        if fault == 'runner-kill': os.kill(os.getppid(), signal.SIGKILL)
        if fault == 'runner-term': os.kill(os.getppid(), signal.SIGTERM)
        if fault == 'garbage': write('{"type": "REC')
        if fault == 'half': sys.stdout.write('{"type":"RECORD","n'); sys.stdout.flush(); os.kill(os.getpid(), signal.SIGKILL)
        if fault == 'deaf': signal.signal(signal.SIGTERM, signal.SIG_IGN); os.kill(os.getppid(), signal.SIGTERM)
    if plan.get('slow'): time.sleep(plan['slow'])
    write('{"type":"RECORD","stream":"s","record":{"n":%d}}' % n)
    if n % plan['every'] == 0 or n == plan['rows']: write('{"type":"STATE","value":{"n":%d}}' % n)
`;

/** Keeps rows in batches, and gives a state back when everything before it is kept; a fault at a row or a flush. */
const target = `#!/usr/bin/env -S python3 -S -E
import fcntl, json, os, signal, sys, time
open('target.pid', 'w').write(str(os.getpid()))
plan = json.load(open('plan.json'))
at, fault = plan.get('at', 0), plan.get('target')
lock = open('lock', 'w')
for attempt in range(50):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB); break
    except BlockingIOError:
        time.sleep(0.01)
else:
    open('double', 'w').write('two targets at once')
rows = open('rows', 'a')
batch, state = [], None
def flush():
    global batch, state
    if fault == 'kill-in-flush' and batch and batch[-1] >= at:
        rows.write(''.join('%d\\n' % n for n in batch[: len(batch) // 2])); rows.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    rows.write(''.join('%d\\n' % n for n in batch)); rows.flush()
    if fault == 'runner-kill-after-flush' and batch and batch[-1] >= at: os.kill(os.getppid(), signal.SIGKILL)
    batch = []
    if state is not None:
        open('told', 'w').write(str(state))
        print('{"n":%d}' % state, flush=True)
        state = None
count = 0
for line in sys.stdin:
    try: message = json.loads(line)
    except ValueError: sys.exit(5)
    if message['type'] == 'STATE':
        state = message['value']['n']
        if count % plan['flush'] == 0: flush()
        continue
    n = message['record']['n']
    if n == at:
        if fault == 'kill': os.kill(os.getpid(), signal.SIGKILL)
        if fault == 'exit': sys.exit(4)
        if fault == 'runner-kill': os.kill(os.getppid(), signal.SIGKILL)
        if fault == 'runner-term': os.kill(os.getppid(), signal.SIGTERM)
        if fault == 'stall': time.sleep(0.3)
        if fault == 'disk': open(plan['filler'], 'w').write('x' * 400000)
    batch.append(n); count += 1
    if count % plan['flush'] == 0: flush()
flush()
`;

const faults = [
  { tap: 'kill' },
  { tap: 'exit' },
  { tap: 'runner-kill' },
  { tap: 'runner-term' },
  { tap: 'garbage' },
  { tap: 'half' },
  { tap: 'deaf' },
  { target: 'kill' },
  { target: 'exit' },
  { target: 'kill-in-flush' },
  { target: 'runner-kill' },
  { target: 'runner-kill-after-flush' },
  { target: 'runner-term' },
  { target: 'stall' },
  { target: 'disk' },
  { harness: 'kill' },
  { harness: 'term' },
  { harness: 'store-away' },
  { harness: 'second' },
];

const option = (name) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
};
const histories = option('histories') ?? 1000;
const seed = option('seed') ?? Number(process.env.TAPLINE_SEED ?? Date.now() % 1_000_000);
const Sqlite = createRequire(join(root, 'package.json'))('libsql');

/** A history: what differs from run to run. */
function makeHistory(index) {
  const random = randomFrom(seed * 100_003 + index);
  const number = (least, most) => least + Math.floor(random() * (most - least + 1));
  const rows = number(5, 60);
  const runs = Array.from({ length: number(1, 3) }, () => ({
    rows,
    every: number(1, 9),
    flush: number(1, 7),
    at: number(1, rows),
    wait: number(0, 400),
    ...(random() < 0.3 ? { slow: 0.002 } : {}),
    ...(random() < 0.2 ? { count: true } : {}),
    ...faults[number(0, faults.length - 1)],
  }));
  return { index, store: random() < 0.2 ? 'database' : 'file', runs };
}

/** Plays it, and tells what did not hold; undefined where everything did. */
async function play(program, history, { disk }) {
  const folder = temporaryFolder('history');
  const place = join(disk, `states-${history.index}-${Math.random().toString(36).slice(2)}`);
  const states = join(place, 'states');
  mkdirSync(states, { recursive: true });
  writeProject(folder, { tap, target, states });
  if (history.store === 'database') {
    const file = join(folder, 'meltano.yml');
    const database = `database_uri: sqlite:///${place}/meltano.db`;
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^state_backend.uri.*$/m, database));
  }
  const stored = () => (history.store === 'database' ? inDatabase(place) : (storedIn(states) ?? 0));
  let before = 0;
  try {
    const last = {
      ...history.runs[0],
      rows: history.runs[0].rows,
      tap: undefined,
      target: undefined,
      harness: undefined,
      at: 0,
    };
    for (const [i, plan] of [...history.runs, last].entries()) {
      const filler = join(place, 'filler');
      rmSync(join(folder, 'told'), { force: true });
      for (const name of ['tap.pid', 'target.pid']) rmSync(join(folder, name), { force: true });
      writeFileSync(join(folder, 'plan.json'), JSON.stringify({ ...plan, filler }));
      const { exit, said, seconds } = await playRun(program, folder, plan, states);
      rmSync(filler, { force: true });
      const wrong = (what) => ({ what: `run ${i + 1}, ${JSON.stringify(plan)}: ${what}`, said });
      if (existsSync(join(folder, 'double'))) return wrong('two targets wrote at once');
      const alone = await waitFor(
        () => !lives(numberIn(folder, 'tap.pid')) && !lives(numberIn(folder, 'target.pid')),
        5,
      );
      if (!alone) return wrong('a plugin lives on');
      const now = stored();
      const held = heldRows(folder);
      if (now > held) return wrong(`the bookmark is ${now}, and the target holds ${held} rows without a gap`);
      if (now < before) return wrong(`the bookmark went back from ${before} to ${now}`);
      const told = numberIn(folder, 'told');
      const runnerDied = /runner-kill/.test(plan.tap ?? plan.target ?? '') || plan.harness === 'kill';
      const storeFailed = plan.target === 'disk' || plan.harness === 'store-away';
      if (!runnerDied && !storeFailed && told > 0 && now !== told)
        return wrong(`the target gave ${told} back last, and ${now} is stored`);
      if (runnerDied && exit !== 'SIGKILL' && exit !== 0) return wrong(`exit ${exit}`);
      if (storeFailed && exit === 0 && told > 0 && now !== told)
        return wrong(`exit 0, and the last state was not stored`);
      if (seconds > 60) return wrong(`it took ${seconds} s`);
      if (i < history.runs.length) before = now;
      else if (exit !== 0) return wrong(`exit ${exit}`);
      else if (held < plan.rows || (now !== plan.rows && before !== plan.rows))
        return wrong(`${held} of ${plan.rows} rows, bookmark ${now}`);
    }
    return undefined;
  } finally {
    rmSync(place, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playRun(program, folder, plan, states) {
  const options = { env: { TAPLINE_GRACE_SECONDS: '4', ...(plan.count ? { TAPLINE_COUNT: '1' } : {}) } };
  const first = startRun(program, folder, options);
  let second;
  if (plan.harness === 'kill' || plan.harness === 'term') {
    await sleep(plan.wait);
    first.child.kill(plan.harness === 'kill' ? 'SIGKILL' : 'SIGTERM');
  } else if (plan.harness === 'store-away') {
    await waitFor(() => existsSync(join(folder, 'rows')) || first.child.exitCode !== null, 10);
    must('mv', [states, `${states}.away`]);
    writeFileSync(states, 'no folder');
    await sleep(plan.wait / 4);
    rmSync(states);
    must('mv', [`${states}.away`, states]);
  } else if (plan.harness === 'second') {
    await sleep(plan.wait / 2);
    second = startRun(program, folder, options);
  }
  const { exit, seconds } = await first.ended;
  const other = await second?.ended;
  // One of the two may have been refused.
  const worse =
    other && exit === 0 && other.exit !== 0 && !second.said().includes('another run of') ? other.exit : exit;
  return {
    exit: other && exit === 1 && first.said().includes('another run of') ? other.exit : worse,
    seconds,
    said: `${first.said()}${second?.said() ?? ''}`,
  };
}

function storedIn(states) {
  return existsSync(states) ? storedState(join(states, '..'))?.n : undefined;
}

function inDatabase(place) {
  const file = join(place, 'meltano.db');
  if (!existsSync(file)) return 0;
  const database = new Sqlite(file);
  try {
    const row = database.prepare('SELECT completed_state FROM state').get();
    return row ? (JSON.parse(row.completed_state).singer_state?.n ?? 0) : 0;
  } catch {
    // The table is not there yet.
    return 0;
  } finally {
    database.close();
  }
}

/** How many rows the target holds from the first on. */
function heldRows(folder) {
  const rows = existsSync(join(folder, 'rows'))
    ? new Set(readFileSync(join(folder, 'rows'), 'utf8').split('\n').map(Number))
    : new Set();
  let n = 0;
  while (rows.has(n + 1)) n += 1;
  return n;
}

/** The fewest runs of a history that still fail. */
async function shrink(program, history, around) {
  let smallest = history;
  for (let i = smallest.runs.length - 1; i >= 0 && smallest.runs.length > 1; i -= 1) {
    const fewer = { ...smallest, runs: smallest.runs.filter((_, at) => at !== i) };
    if (await play(program, fewer, around)) smallest = fewer;
  }
  return smallest;
}

/** Plays histories until one fails; gives that one and what did not hold. */
async function playAll(program, indices, around, onDone = () => undefined) {
  const left = [...indices];
  const failed = [];
  const worker = async () => {
    for (let index = left.shift(); index !== undefined; index = left.shift()) {
      const history = makeHistory(index);
      const found = await play(program, history, around);
      if (found) {
        failed.push({ history, ...found });
        left.length = 0;
      }
      onDone();
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return failed[0];
}

/** Bugs that are planted in a copy of the program: what is replaced, in which way. */
const bugs = [
  {
    title: 'a state that is stored before the target has flushed',
    replace: [
      [
        /(\w+)&&\1\[1\]!=="RECORD"\|\|\(/,
        (text, found) =>
          `${found}&&${found}[1]==="STATE"&&globalThis.ahead&&globalThis.ahead(JSON.stringify(JSON.parse(line.toString()).value)),${text}`,
      ],
      [/this\.lease=lease;/, (text) => `${text}globalThis.ahead=(line)=>this.line(line);`],
    ],
    env: { count: true },
  },
  {
    title: 'a last state that is not written',
    replace: [[/this\.busy\?\?this\.pending/, () => 'this.busy']],
  },
  {
    title: 'no lease',
    replace: [[/throw heldBy\(/g, () => 'void heldBy(']],
    only: { harness: 'second', slow: 0.03, wait: 300 },
  },
];

await main('histories of faults', async () => {
  const program = builtProgram();
  const disk = temporaryFolder('history-disk');
  if (process.getuid() === 0) {
    // Small enough to be filled.
    must('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
    atEnd(() => run('umount', ['--lazy', disk]));
  }
  const around = { disk };
  const only = option('only');
  if (only !== undefined) {
    const history = makeHistory(only);
    const found = await play(program, history, around);
    check(
      `history ${only} of seed ${seed}`,
      !found,
      found && `${found.what}\n${found.said}\n${JSON.stringify(await shrink(program, history, around))}`,
    );
    return;
  }
  const startedAt = Date.now();
  let done = 0;
  const indices = Array.from({ length: histories }, (_, i) => i);
  const failed = await playAll(program, indices, around, () => {
    done += 1;
    if (done % 250 === 0)
      console.log(`  ${done} histories, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  });
  if (failed) {
    const smallest = await shrink(program, failed.history, around);
    const again = `node conformance/runtime-histories.mjs --seed ${seed} --only ${failed.history.index}`;
    check(
      `${histories} histories of seed ${seed}`,
      false,
      `${failed.what}\n${failed.said}\n${JSON.stringify(smallest)}\n${again}`,
    );
  } else check(`${histories} histories of seed ${seed}: nothing is lost`, done === histories);
  for (const bug of bugs) await plant(program, bug, around);
});

async function plant(program, { title, replace, only, env }, around) {
  const copy = temporaryFolder('planted');
  cpSync(dirname(program), copy, { recursive: true });
  let text = readFileSync(join(copy, 'main.js'), 'utf8');
  for (const [pattern, change] of replace) {
    const changed = text.replace(pattern, change);
    if (changed === text) return check(`${title}: the place to plant it is there`, false, String(pattern));
    text = changed;
  }
  writeFileSync(join(copy, 'main.js'), text);
  rmSync(join(copy, `main.${process.versions.v8}.cache`), { force: true });
  for (let index = 0; index < 60; index += 1) {
    const history = makeHistory(index);
    const runs = history.runs.map((one) => ({
      ...one,
      ...env,
      ...(only && { tap: undefined, target: undefined, ...only }),
    }));
    const found = await play(join(copy, 'tapline-run.js'), { ...history, store: 'file', runs }, around);
    if (found) return check(`planted, and found at history ${index}: ${title}`, true);
  }
  return check(`planted, and found: ${title}`, false, '60 histories saw nothing');
}
