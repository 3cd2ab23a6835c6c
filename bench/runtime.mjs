// Prints the figures of the runtime: `npm run bench:runtime`, `npm run bench:runtime -- --runs 5 job memory`. Each is
// measured against the bare pipe `tap | target` and, where it is there, against Meltano in the same run; the three take
// turns, so that a busy machine slows all of them.
//   job      a job of one record
//   million  a million lean records of 160 bytes
//   memory   the runner's own memory: states as files, in the system database, and with one line of 200 MB
//   stores   memory with each other store of states, and 1,000 states against a store that is slow
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure, median } from './measure.mjs';
import { benchStores } from './runtime-stores.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'runtime/bin/tapline-run.js');
const meltano = join(root, '.cache/meltano-4.4.1/bin/meltano');
const benches = { job, million, memory, stores };
const args = process.argv.slice(2);
const runsAt = args.indexOf('--runs');
const runs = runsAt < 0 ? 5 : Number(args.splice(runsAt, 2)[1]);
const unknown = args.filter((name) => !(name in benches));
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(`usage: npm run bench:runtime -- [--runs N] [${Object.keys(benches).join('] [')}]`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), 'tapline-bench-runtime-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
if (!existsSync(program))
  execFileSync(process.execPath, ['runtime/build.mjs'], { cwd: root, stdio: 'inherit' });
// The interpreter itself: a shim before it would be measured too.
const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();

const tap = `#!${python} -S
import os, sys
count = int(os.environ.get("RECORDS", "1"))
padding = "x" * int(os.environ.get("PADDING", "90"))
write = sys.stdout.write
write('{"type":"SCHEMA","stream":"s","schema":{"properties":{"id":{"type":"integer"}}},"key_properties":["id"]}\\n')
for i in range(count):
    write('{"type":"RECORD","stream":"s","record":{"id":%d,"padding":"%s"}}\\n' % (i, padding))
write('{"type":"STATE","value":{"n":%d}}\\n' % count)
`;
const target = `#!${python} -S
import sys
state = None
for line in sys.stdin:
    if line.startswith('{"type":"STATE"'):
        state = line[len('{"type":"STATE","value":'):-2]
if state:
    print(state, flush=True)
`;

const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ` +
    `load ${readFileSync('/proc/loadavg', 'utf8').split(' ')[0]}; medians of ${runs} runs after one more`,
);
if (!existsSync(meltano))
  console.log('Meltano is not there: `npm run conformance -- meltano-corpus` installs it');
for (const name of args.length > 0 ? args : Object.keys(benches)) {
  console.log(`\n${name}`);
  await benches[name]();
}

async function job() {
  const figures = await inTurns(project('job'), { RECORDS: '1' });
  print(figures);
  const over = (figures['tapline-run'].wall - figures['bare pipe'].wall) * 1000;
  console.log(
    `  over the bare pipe: ${over.toFixed(0)} ms wall (to reach: 150), ${((figures['tapline-run'].cpu - figures['bare pipe'].cpu) * 1000).toFixed(0)} ms CPU`,
  );
}

async function million() {
  const folder = project('million');
  const one = await inTurns(folder, { RECORDS: '1' }, 'no Meltano');
  const figures = await inTurns(folder, { RECORDS: '1000000' });
  print(figures);
  const { 'bare pipe': bare, 'tapline-run': ours } = figures;
  const ratio = (of) => (bare[of] / ours[of]).toFixed(3);
  // What starting takes is the figure of `job`; here it is about the records.
  // Turn by turn: what else the machine does slows both of a turn.
  const moving = (of) =>
    median(
      bare.runs.map(
        (run, i) => (run[of] - one['bare pipe'][of]) / (ours.runs[i][of] - one['tapline-run'][of]),
      ),
    ).toFixed(3);
  console.log(`  of the bare pipe's speed, starting included: ${ratio('wall')} wall, ${ratio('cpu')} CPU`);
  console.log(
    `  of the bare pipe's speed, records alone: ${moving('wall')} wall (to reach: 0.99), ${moving('cpu')} CPU`,
  );
}

async function memory() {
  const folder = project('memory');
  const database = project('memory-database', '');
  console.log(
    `  states as files                ${await peak(folder, { RECORDS: '1000' })} MiB (to reach: 60)`,
  );
  console.log(`  states in the system database  ${await peak(database, { RECORDS: '1000' })} MiB`);
  console.log(
    `  one line of 200 MB             ${await peak(folder, { RECORDS: '1', PADDING: '200000000' })} MiB (to reach: 60)`,
  );
}

async function stores() {
  await benchStores({ program, python, work });
}

/** Runs each in turn, and gives the medians. */
async function inTurns(folder, env, without) {
  const environment = { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', ...env };
  const ways = {
    'bare pipe': ['bash', ['-c', './tap.py | ./target.py']],
    'tapline-run': [process.execPath, [program, 'run', 'tap-a', 'target-b']],
    ...(existsSync(meltano) && !without ? { Meltano: [meltano, ['run', 'tap-a', 'target-b']] } : {}),
  };
  const results = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run <= runs; run += 1) {
    for (const [name, [command, list]] of Object.entries(ways)) {
      const one = await measure(command, list, { cwd: folder, env: environment });
      if (run > 0) results[name].push(one);
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, list]) => [
      name,
      {
        wall: median(list.map((one) => one.wall)),
        best: Math.min(...list.map((one) => one.wall)),
        cpu: median(list.map((one) => one.cpu)),
        runs: list,
      },
    ]),
  );
}

function print(figures) {
  for (const [name, { wall, best, cpu: time }] of Object.entries(figures)) {
    console.log(
      `  ${name.padEnd(12)} ${wall.toFixed(2).padStart(7)} s wall (best ${best.toFixed(2)}) ${time.toFixed(2).padStart(7)} s CPU`,
    );
  }
}

/** The most memory that the runner itself had. */
function peak(folder, env) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, 'run', 'tap-a', 'target-b'], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', ...env },
      stdio: 'ignore',
    });
    let most = 0;
    const look = setInterval(() => {
      try {
        const found = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        most = Math.max(most, Number(found?.[1] ?? 0));
      } catch {
        // It has ended.
      }
    }, 5);
    child.once('close', (code) => {
      clearInterval(look);
      if (code === 0) done(Math.round(most / 1024));
      else fail(new Error(`exit code ${code}`));
    });
  });
}

function project(name, backend = `state_backend.uri: file://${join(work, name, 'states')}\n`) {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'meltano.yml'),
    `version: 1
project_id: 7d0c5a3e-9b1f-4a52-8f0e-000000000001
default_environment: dev
send_anonymous_usage_stats: false
environments: [{name: dev}]
${backend}plugins:
  extractors:
  - {name: tap-a, namespace: tap_a, executable: ./tap.py, capabilities: [state]}
  loaders:
  - {name: target-b, namespace: target_b, executable: ./target.py}
`,
  );
  for (const [file, text] of [
    ['tap.py', tap],
    ['target.py', target],
  ]) {
    writeFileSync(join(folder, file), text);
    chmodSync(join(folder, file), 0o755);
  }
  return folder;
}
