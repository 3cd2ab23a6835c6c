// Ends a run by SIGTERM at 200 random moments (`--offsets N` for another number, TAPLINE_SEED for the same ones again): its
// exit code is 143, nothing that it started lives on, the last state that the target gave back is stored, and every
// line up to it was kept. Real processes, real signals, states as files.
import { spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, main, must, root, temporaryFolder } from './support.mjs';

const tap = `#!/bin/sh
echo $$ > "$FOLDER/tap.pid"
i=0
while [ $i -lt 100000 ]; do i=$((i + 1)); echo "{\\"type\\":\\"STATE\\",\\"value\\":{\\"n\\":$i}}"; done
`;
// Keeps lines in groups of seven, and gives a state back for each group that is kept and for the rest.
const target = `#!/bin/sh
echo $$ > "$FOLDER/target.pid"
last=0
flush() { echo $last > "$FOLDER/kept"; echo $last > "$FOLDER/told"; echo "{\\"n\\":$last}"; }
while read -r line; do
  n=\${line##*:}; last=\${n%%\\}*}
  [ $((last % 7)) -eq 0 ] && flush
done
flush
`;

await main('SIGTERM at random moments', async () => {
  const at = process.argv.indexOf('--offsets');
  const offsets = at < 0 ? 200 : Number(process.argv[at + 1]);
  const seed = Number(process.env.TAPLINE_SEED ?? Date.now() % 1_000_000);
  must(process.execPath, ['runtime/build.mjs'], { cwd: root });
  // Whoever builds anew meanwhile does not take it away.
  const program = join(temporaryFolder('program'), 'tapline-run.js');
  cpSync(join(root, 'runtime/bin'), dirname(program), { recursive: true });
  console.log(`  ${offsets} moments, seed ${seed}`);
  const random = randomFrom(seed);
  const wrong = { exit: [], orphan: [], state: [], left: [] };
  let stored = 0;
  for (let i = 0; i < offsets; i += 1) {
    const milliseconds = Math.floor(random() * 1500);
    const found = await once(program, milliseconds);
    for (const what of found.wrong) wrong[what].push(`after ${milliseconds} ms: ${found.told}`);
    if (found.stored) stored += 1;
  }
  check(`${offsets} exit codes are 143`, wrong.exit.length === 0, wrong.exit.join('\n'));
  check('nothing lives on', wrong.orphan.length === 0, wrong.orphan.join('\n'));
  check(
    'every last state is stored, and none that was not kept',
    wrong.state.length === 0,
    wrong.state.join('\n'),
  );
  check('no lease, lock or temporary file is left', wrong.left.length === 0, wrong.left.join('\n'));
  check(`some had a state to lose (${stored})`, stored > offsets / 10);
});

async function once(program, milliseconds) {
  const folder = temporaryFolder('signals');
  writeFileSync(
    join(folder, 'meltano.yml'),
    `version: 1
default_environment: dev
environments: [{name: dev}]
state_backend.uri: file://${folder}/states
plugins:
  extractors: [{name: tap-a, namespace: tap_a, executable: ./tap, capabilities: [state]}]
  loaders: [{name: target-b, namespace: target_b, executable: ./target}]
`,
  );
  for (const [name, text] of Object.entries({ tap, target })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
  const child = spawn(process.execPath, [program, 'run', 'tap-a', 'target-b'], {
    cwd: folder,
    env: { PATH: '/usr/bin:/bin', HOME: folder, FOLDER: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((done) => child.once('close', (code, signal) => done(code ?? signal)));
  // Node itself has to be there: before that the signal ends it, whatever its program is.
  await until(() => existsSync(join(folder, '.meltano')) || child.exitCode !== null);
  await sleep(milliseconds);
  child.kill('SIGTERM');
  const exit = await ended;
  const read = (path) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  const told = Number(read('told') ?? 0);
  const kept = Number(read('kept') ?? 0);
  const text = read('states/dev:tap-a-to-target-b/state.json');
  const state = text === undefined ? 0 : JSON.parse(text).completed.singer_state.n;
  const wrong = [];
  if (exit !== 143) wrong.push('exit');
  if (['tap.pid', 'target.pid'].some((name) => lives(Number(read(name) ?? 0)))) wrong.push('orphan');
  if (state !== told || state > kept) wrong.push('state');
  const place = join(folder, 'states/dev:tap-a-to-target-b');
  mkdirSync(place, { recursive: true });
  if (readdirSync(place).some((name) => name !== 'state.json')) wrong.push('left');
  return {
    wrong,
    stored: told > 0,
    told: `exit ${exit}, told ${told}, kept ${kept}, stored ${state}\n${said.slice(-500)}`,
  };
}

async function until(holds) {
  for (let i = 0; i < 3000 && !holds(); i += 1) await sleep(5);
}

function lives(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Numbers that look random and can be had again. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
