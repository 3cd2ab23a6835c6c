// Keeps states in every real store: Meltano 4.4.1 and tapline-run take turns on one project; two runs of one pipeline do
// not go together; a run whose lease was taken stops writing; a store that is away during a run does no harm, one that
// stays away fails it. The command line may name stores (`gcs s3 azure postgres`), and `--away N` how many seconds a
// store is away (20; the promise is five minutes: 300), `--away-only` leaves out the rest.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, check, main, must, pythonEnvironment, root, temporaryFolder, until } from './support.mjs';
import { places } from './stores/servers.mjs';

const version = '4.4.1';
const id = 'dev:tap-a-to-target-b';
// Counts on from its state; what it is told by its environment, it does slowly.
const tap = `#!/usr/bin/env -S python3 -S
import json, os, sys, time
n = 0
if '--state' in sys.argv:
    with open(sys.argv[sys.argv.index('--state') + 1]) as file:
        n = json.load(file)['n']
def note(name, mode, text):
    with open(name, mode) as file:
        file.write(text)
note('seen', 'a', '%d\\n' % n)
for i in range(int(os.environ.get('COUNT', '3'))):
    n += 1
    print(json.dumps({'type': 'STATE', 'value': {'n': n, 'at': 1.0}}), flush=True)
    note('told', 'w', str(n))
    time.sleep(float(os.environ.get('PAUSE', '0')))
while os.path.exists(os.environ.get('WAIT', '/nowhere')):
    time.sleep(0.05)
`;
const target = `#!/usr/bin/env -S python3 -S
import json, sys
for line in sys.stdin:
    print(json.dumps(json.loads(line)['value']), flush=True)
`;
const project = `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
send_anonymous_usage_stats: false
environments: [{name: dev}]
plugins:
  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, capabilities: [state]}]
  loaders: [{name: target-b, namespace: target_b, executable: ./target}]
`;

await main('states in every store', async () => {
  const at = process.argv.indexOf('--away');
  const awaySeconds = at < 0 ? 20 : Number(process.argv[at + 1]);
  const only = process.argv.includes('--away-only') ? away : undefined;
  const named = process.argv.slice(2).filter((word) => word in places);
  must(process.execPath, ['runtime/build.mjs'], { cwd: root });
  // Whoever builds anew meanwhile does not take it away.
  const program = temporaryFolder('program');
  must('cp', ['-r', `${root}/runtime/bin/.`, program]);
  const environment = pythonEnvironment(`meltano-stores-${version}`, [
    `meltano[gcs,s3,azure,postgres]==${version}`,
  ]);
  for (const name of named.length > 0 ? named : Object.keys(places)) {
    console.log(` ${name}`);
    const place = await places[name]();
    const world = makeWorld(place, join(program, 'tapline-run.js'), join(environment, 'bin/meltano'));
    for (const part of only ? [only] : [turns, together, taken, killed, away, gone]) {
      await part(world, place, awaySeconds);
    }
  }
});

/** Both write what the other reads. */
async function turns(world, place) {
  const first = await world.ours(['run', 'tap-a', 'target-b']);
  check('the first run starts with nothing', first.exit === 0 && world.seen() === '0', first.said);
  const text = await place.read(id, 'state.json');
  check(
    'the state is as Meltano writes it',
    /^\{"completed": \{"singer_state": \{"n": 3, "at": 1\.0\}\}, "partial": \{\}(, "tapline_lease": \d+)?\}$/.test(
      text,
    ),
    text,
  );
  const second = await world.meltano(['run', 'tap-a', 'target-b']);
  check('Meltano goes on from ours', second.exit === 0 && world.seen() === '3', second.said);
  const third = await world.ours(['run', 'tap-a', 'target-b']);
  check("ours goes on from Meltano's", third.exit === 0 && world.seen() === '6', third.said);
  const merged = await world.ours(['run', '--state-strategy', 'merge', 'tap-a', 'target-b']);
  check('ours merges into the partial state', merged.exit === 0 && world.seen() === '9', merged.said);
  const fourth = await world.meltano(['run', '--state-strategy', 'merge', 'tap-a', 'target-b']);
  check(
    'Meltano reads and merges the partial state',
    fourth.exit === 0 && world.seen() === '12',
    fourth.said,
  );
  const fifth = await world.ours(['run', 'tap-a', 'target-b']);
  check("ours reads Meltano's partial state", fifth.exit === 0 && world.seen() === '15', fifth.said);
  const wanted = { singer_state: { n: 18, at: 1 } };
  const theirs = await world.meltano(['--environment', 'dev', 'state', 'get', id]);
  check('`meltano state get` tells it', same(theirs.out, wanted), theirs.said);
  const listed = await world.meltano(['state', 'list']);
  check('`meltano state list` tells it once', listed.out.split(id).length === 2, listed.said);
  await world.meltano(['state', 'set', '--force', 'dev:other', '{"singer_state": {"x": 1.0}}']);
  const own = await world.ours(['state', 'list']);
  check('`tapline-run state list` tells both', own.out === `dev:other\n${id}\n`, own.said);
  const other = await world.ours(['state', 'get', 'dev:other']);
  check(
    "`tapline-run state get` tells Meltano's",
    other.out.trim() === '{"singer_state":{"x":1.0}}',
    other.said,
  );
  await world.ours(['state', 'clear', '--force', 'dev:other']);
  const cleared = await world.meltano(['state', 'list']);
  check(
    'what ours cleared is gone for Meltano',
    cleared.exit === 0 && !cleared.out.includes('dev:other'),
    cleared.said,
  );
}

/** Of runs that start together, one runs. */
async function together(world, place) {
  let wrong = '';
  for (let round = 0; round < 3; round += 1) {
    const contenders = await Promise.all(
      [1, 2, 3].map(() => world.ours(['run', 'tap-a', 'target-b'], { PAUSE: '2' })),
    );
    const winners = contenders.filter(({ exit }) => exit === 0);
    const losers = contenders.filter(
      ({ exit, said }) => exit === 1 && said.includes(`another run of '${id}' is going on: run `),
    );
    if (
      winners.length !== 1 ||
      losers.length !== 2 ||
      losers.some(({ seconds }) => seconds > winners[0].seconds - 2)
    ) {
      wrong += contenders
        .map(({ exit, seconds, said }) => `exit ${exit} after ${seconds} s\n${said}`)
        .join('\n');
    }
  }
  check('of three runs that start together two fail at once and say who holds it', wrong === '', wrong);
  const wait = world.hold();
  const running = world.startOurs(['run', 'tap-a', 'target-b'], { WAIT: wait });
  await until(async () => (await place.read(id, 'lease.json')) !== undefined && world.tapStarted(), {
    what: 'a run is going on',
  });
  const refused = await world.ours(['state', 'clear', '--force', id]);
  check(
    'a state is not cleared under a run',
    refused.exit === 1 && refused.said.includes('another run of'),
    refused.said,
  );
  world.letGo(wait);
  check('the run ends well', (await running.ended).exit === 0);
}

/** A run that sleeps while another takes its lease cannot write when it wakes. */
async function taken(world, place) {
  const wait = world.hold();
  const first = world.startOurs(['run', 'tap-a', 'target-b'], { WAIT: wait, COUNT: '1' });
  await until(async () => world.tapStarted() && (await nOf(place)) === world.told(), {
    what: 'the state of the first is stored',
  });
  first.child.kill('SIGSTOP');
  const second = await world.ours(['run', '--force', 'tap-a', 'target-b'], { COUNT: '5' });
  const after = await place.read(id, 'state.json');
  check('with --force the lease is taken', second.exit === 0, second.said);
  first.child.kill('SIGCONT');
  world.letGo(wait);
  await first.ended;
  const kept = await place.read(id, 'state.json');
  check('what the first wrote does not come back', kept === after, `${after}\n${kept}`);

  const other = world.hold();
  const sleeper = world.startOurs(['run', 'tap-a', 'target-b'], { WAIT: other, COUNT: '400', PAUSE: '0.05' });
  await until(() => world.tapStarted(), { what: 'the sleeper runs' });
  await sleep(1500);
  sleeper.child.kill('SIGSTOP');
  const thief = await world.ours(['run', '--force', 'tap-a', 'target-b'], { COUNT: '2' });
  const stolen = await place.read(id, 'state.json');
  sleeper.child.kill('SIGCONT');
  world.letGo(other);
  const woken = await sleeper.ended;
  const final = await place.read(id, 'state.json');
  check(
    'a run that lost its lease fails',
    thief.exit === 0 &&
      woken.exit === 1 &&
      /taken by another run|changed by another program/.test(woken.said),
    woken.said,
  );
  check('and stops writing', final === stolen, `${stolen}\n${final}`);
}

/** What was killed is in nobody's way on its own machine. */
async function killed(world, place) {
  const wait = world.hold();
  const run = world.startOurs(['run', 'tap-a', 'target-b'], { WAIT: wait, COUNT: '1' });
  await until(async () => world.tapStarted() && (await nOf(place)) === world.told(), {
    what: 'its state is stored',
  });
  run.child.kill('SIGKILL');
  world.letGo(wait);
  await run.ended;
  const n = world.told();
  const next = await world.ours(['run', 'tap-a', 'target-b']);
  check(
    'after kill -9 the next run goes on from the last state',
    next.exit === 0 && world.seen() === String(n),
    next.said,
  );
}

/** The store is away during the run, and back before its end. */
async function away(world, place, seconds) {
  const wait = world.hold();
  const run = world.startOurs(['run', 'tap-a', 'target-b'], {
    WAIT: wait,
    COUNT: String((seconds + 6) * 10),
    PAUSE: '0.1',
  });
  await until(() => world.tapStarted(), { what: 'the run has begun' });
  await sleep(2000);
  await place.wire.cut();
  const before = world.told();
  await sleep(seconds * 1000);
  const meanwhile = world.told();
  await place.wire.mend();
  await sleep(3000);
  world.letGo(wait);
  const { exit, said } = await run.ended;
  check(
    `a store that is away for ${seconds} s does not stop the data`,
    meanwhile - before > seconds * 5,
    `${before} ${meanwhile}`,
  );
  check(
    'the run survives, and its last state is stored',
    exit === 0 && (await nOf(place)) === world.told(),
    said,
  );
  check('and says that it was away', said.includes(place.away), said);
}

/** The store does not come back before the end. */
async function gone(world, place) {
  const before = await place.read(id, 'state.json');
  const wait = world.hold();
  const run = world.startOurs(['run', 'tap-a', 'target-b'], {
    WAIT: wait,
    COUNT: '30',
    PAUSE: '0.1',
    TAPLINE_STATE_PATIENCE_SECONDS: '4',
  });
  await until(() => world.tapStarted(), { what: 'the run has begun' });
  await place.wire.cut();
  world.letGo(wait);
  const { exit, said } = await run.ended;
  const after = await place.read(id, 'state.json');
  check(
    'a store that stays away fails the run, which says so',
    exit === 1 && said.includes('the last state was not written within 4 s') && said.includes(place.away),
    said,
  );
  check(
    'the state is no further than what was written',
    JSON.parse(after).completed.singer_state.n <= world.told() && before !== undefined,
    after,
  );
  const checked = await world.ours(['check']);
  check(
    '`check` tells that it is not there',
    checked.exit === 1 && checked.said.includes('cannot be reached'),
    checked.said,
  );
  await place.wire.mend();
}

async function nOf(place) {
  const text = await place.read(id, 'state.json');
  if (text === undefined) return undefined;
  const { completed, partial } = JSON.parse(text);
  return { ...completed.singer_state, ...partial.singer_state }.n;
}

function makeWorld(place, program, meltano) {
  const folder = temporaryFolder('stores');
  for (const [name, text] of Object.entries({ 'meltano.yml': project, tap, target })) {
    writeFileSync(join(folder, name), text);
    if (name !== 'meltano.yml') chmodSync(join(folder, name), 0o755);
  }
  const env = { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', NO_COLOR: '1', ...place.env };
  const launch = (command, args, more = {}) => {
    const started = Date.now();
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    atEnd(() => child.kill('SIGKILL'));
    const said = { out: '', all: '' };
    child.stdout.on('data', (chunk) => ((said.out += chunk), (said.all += chunk)));
    child.stderr.on('data', (chunk) => (said.all += chunk));
    const ended = new Promise((done) =>
      child.once('close', (code, signal) =>
        done({ exit: code ?? signal, out: said.out, said: said.all, seconds: (Date.now() - started) / 1000 }),
      ),
    );
    return { child, ended };
  };
  const startOurs = (args, more) => {
    writeFileSync(join(folder, 'told'), '');
    return launch(process.execPath, [program, ...args], more);
  };
  let holds = 0;
  return {
    folder,
    startOurs,
    ours: (args, more) => launch(process.execPath, [program, ...args], more).ended,
    meltano: (args) => launch(meltano, args).ended,
    /** What the last tap began with. */
    seen: () => readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n').at(-1),
    /** The last state that a tap gave. */
    told: () => Number(readFileSync(join(folder, 'told'), 'utf8')),
    tapStarted: () => existsSync(join(folder, 'told')) && readFileSync(join(folder, 'told'), 'utf8') !== '',
    hold: () => {
      const file = join(folder, `wait-${(holds += 1)}`);
      writeFileSync(file, '');
      return file;
    },
    letGo: (file) => must('rm', ['-f', file]),
  };
}

function same(text, value) {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(value);
  } catch {
    return false;
  }
}
