// The processes of a run under everything that can happen to them: either side dies, the runner dies, the tap is stuck, the
// target is slow, a disk is full, memory runs out, the runner is the first process of a container. Real processes, real
// signals; as root also real limits of memory and disk.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atEnd, check, main, must, notRun, run, temporaryFolder } from './support.mjs';
import {
  builtProgram,
  lives,
  numberIn,
  processesWith,
  startRun,
  stateFolder,
  storedState,
  waitFor,
  writeProject,
} from './runtime-support.mjs';

/** Numbered states for ever. */
const endless = `echo $$ > "$FOLDER/tap.pid"
i=0
while :; do i=$((i + 1)); echo "{\\"type\\":\\"STATE\\",\\"value\\":{\\"n\\":$i}}"; sleep 0.02; done`;
/** Keeps every line, then gives its state back. */
const keeping = `echo $$ > "$FOLDER/target.pid"
while read -r line; do echo "$line" >> "$FOLDER/kept"; n=\${line##*:}; echo "{\\"n\\":\${n%%\\}*}}"; done`;
const one = `echo '{"type":"STATE","value":{"n":1}}'`;
const isRoot = process.getuid() === 0;

let program = '';
const kept = (folder) =>
  existsSync(join(folder, 'kept')) ? readFileSync(join(folder, 'kept'), 'utf8').split('\n').length - 1 : 0;
const project = (plugins) => {
  const folder = temporaryFolder('processes');
  writeProject(folder, { tap: endless, target: keeping, ...plugins });
  return folder;
};
const started = (folder, options) => startRun(program, folder, options);
const under = async (folder, count = 5) => waitFor(() => kept(folder) > count);
const neither = (folder) => !['tap.pid', 'target.pid'].some((name) => lives(numberIn(folder, name)));

await main('the processes of a run', async () => {
  program = builtProgram();
  await sides();
  await runner();
  await stopping();
  await plugins();
  await outOfMemory();
  await fullDisk();
  await firstProcess();
});

async function sides() {
  for (const [side, other] of [
    ['tap', 'target'],
    ['target', 'tap'],
  ]) {
    const folder = project(
      side === 'target' ? { tap: `${one}; echo $$ > "$FOLDER/tap.pid"; exec sleep 600` } : {},
    );
    const run = started(folder);
    await waitFor(() => kept(folder) > 0 && numberIn(folder, 'tap.pid') > 0);
    const last = numberIn(folder, `${side}.pid`);
    process.kill(last, 'SIGKILL');
    const at = performance.now();
    const { exit } = await run.ended;
    const seconds = (performance.now() - at) / 1000;
    check(
      `the ${side} is killed: the ${other} ends within 2 s, exit 1`,
      exit === 1 && seconds < 2 && neither(folder),
      `exit ${exit} after ${seconds} s\n${run.said()}`,
    );
    check(
      '  and the reason is told in one line',
      run.said().includes('ended with signal SIGKILL'),
      run.said(),
    );
    check(
      '  and the state is what the target gave back',
      (storedState(folder)?.n ?? 0) === kept(folder),
      JSON.stringify(storedState(folder)),
    );
  }
  const folder = project({ tap: `(trap '' TERM; ${endless}) & wait` });
  const held = started(folder);
  await under(folder);
  const wrapper =
    processesWith(join(folder, 'tap'))[0] ?? processesWith('./tap').find((pid) => cwdOf(pid) === folder);
  process.kill(wrapper, 'SIGKILL');
  const { exit } = await Promise.race([held.ended, sleep(5000).then(() => ({ exit: 'none' }))]);
  check(
    'what a killed tap had started does not keep the target waiting',
    exit === 1 && neither(folder),
    `exit ${exit}\n${held.said()}`,
  );
}

function cwdOf(pid) {
  return run('readlink', [`/proc/${pid}/cwd`]).stdout.trim();
}

async function runner() {
  const canary = 'canary-2b7d-geheim';
  const folder = project({ settings: ', settings: [{name: password, kind: password}]' });
  const id = `${'0'.repeat(8)}-0000-4000-8000-${String(process.pid).padStart(12, '0')}`;
  const first = started(folder, { args: ['--run-id', id], env: { TAP_A_PASSWORD: canary } });
  await under(folder);
  const scratch = `/dev/shm/tapline-run-${id}`;
  const config = join(scratch, '0.tap.config.json');
  check(
    'the configuration is in memory, for its owner alone',
    existsSync(config) && (statSync(config).mode & 0o77) === 0 && (statSync(scratch).mode & 0o77) === 0,
  );
  process.kill(first.child.pid, 'SIGKILL');
  const gone = await waitFor(() => neither(folder), 2);
  check('the runner is killed: tap and target end within 2 s', gone);
  check('  and its secrets are removed', await waitFor(() => !existsSync(scratch), 2));
  const second = started(folder, { args: ['--timeout', '1'] });
  await second.ended;
  check(
    'the next run starts at once, where the state is',
    second.said().includes('time limit') && storedState(folder).n > 0,
    second.said(),
  );

  // The guard is killed with it: the next run removes what is left, and leaves alone what lives.
  const left = project({ settings: ', settings: [{name: password, kind: password}]' });
  const other = id.replace('-4000-', '-4001-');
  const third = started(left, { args: ['--run-id', other], env: { TAP_A_PASSWORD: canary } });
  await under(left);
  const guards = processesWith(`tapline-run-${other}`).filter((pid) => pid !== third.child.pid);
  const guard = guards.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('tapline-guard'));
  const living = project({});
  const beside = started(living, {});
  await under(living);
  process.kill(guard, 'SIGKILL');
  process.kill(third.child.pid, 'SIGKILL');
  await sleep(100);
  const there = existsSync(`/dev/shm/tapline-run-${other}`);
  for (const name of ['tap.pid', 'target.pid']) {
    if (lives(numberIn(left, name))) process.kill(-numberIn(left, name), 'SIGKILL');
  }
  await started(left, { args: ['--timeout', '1'] }).ended;
  check(
    'secrets of a run whose guard was killed too are removed by the next run',
    there && !existsSync(`/dev/shm/tapline-run-${other}`),
  );
  beside.child.kill('SIGTERM');
  check('  which leaves a living run alone', (await beside.ended).exit === 143, beside.said());
}

async function stopping() {
  const stubborn = project({ tap: `trap '' TERM\n${endless}` });
  const first = started(stubborn, { env: { TAPLINE_GRACE_SECONDS: '2' } });
  await under(stubborn);
  first.child.kill('SIGTERM');
  check(
    'a tap that does not listen is killed within the grace, exit 143',
    (await first.ended).exit === 143 && neither(stubborn),
    first.said(),
  );
  check('  and nothing of what was kept is lost', storedState(stubborn).n === kept(stubborn));

  const slow = project({
    target: `echo $$ > "$FOLDER/target.pid"\ntrap 'echo x >> "$FOLDER/signals"' TERM INT\nlast=0\nwhile read -r line; do n=\${line##*:}; last=\${n%%\\}*}; echo "$line" >> "$FOLDER/kept"; done\nsleep 2\necho "{\\"n\\":$last}"`,
  });
  const draining = started(slow);
  await under(slow);
  draining.child.kill('SIGTERM');
  await sleep(500);
  draining.child.kill('SIGTERM');
  const { exit } = await draining.ended;
  check(
    'a slow target drains to its end and gets no signal, though two came',
    exit === 143 && !existsSync(join(slow, 'signals')) && storedState(slow)?.n === kept(slow),
    `exit ${exit}\n${draining.said()}`,
  );

  const limited = project({});
  const timed = started(limited, { args: ['--timeout', '2'] });
  check(
    'a time limit ends a run with 1',
    (await timed.ended).exit === 1 &&
      timed.said().includes('ended by its time limit') &&
      storedState(limited).n === kept(limited),
    timed.said(),
  );

  const idle = project({ tap: `${one}; exec sleep 600` });
  const waiting = started(idle, { env: { TAPLINE_IDLE_TIMEOUT_SECONDS: '2' } });
  check(
    'a tap that writes nothing for too long is ended, exit 1',
    (await waiting.ended).exit === 1 &&
      waiting.said().includes('tap-a wrote nothing for 2 s') &&
      storedState(idle).n === 1,
    waiting.said(),
  );
  const stuck = project({ tap: 'yes', target: 'exec sleep 600' });
  const full = started(stuck, { env: { TAPLINE_IDLE_TIMEOUT_SECONDS: '2', TAPLINE_GRACE_SECONDS: '2' } });
  check(
    '  so is one whose target is stuck, and the target',
    (await full.ended).exit === 1 && neither(stuck),
    full.said(),
  );
  const wrapped = project({
    tap: `sh -c 'for i in 1 2 3 4 5 6 7 8; do echo "{}"; sleep 0.5; done'`,
    target: 'cat > /dev/null; sleep 4',
  });
  const busy = started(wrapped, { env: { TAPLINE_IDLE_TIMEOUT_SECONDS: '3' } });
  check(
    '  but not one whose child writes, nor a target that is still at work',
    (await busy.ended).exit === 0,
    busy.said(),
  );
}

async function plugins() {
  const long = project({
    tap: `#!/usr/bin/env python3\nimport sys\nw = sys.stdout.write\nw('{"type":"RECORD","stream":"s","record":{"x":"'); w("x" * 200_000_000); w('"}}\\n{"type":"STATE","value":{"n":1}}\\n')\n`,
    target: `wc -c > "$FOLDER/size"; echo '{"n":1}'`,
  });
  for (const args of [[], ['--count']]) {
    const result = join(long, 'result.json');
    const run = started(long, { args: [...args, '--result', result] });
    let most = 0;
    const look = setInterval(() => {
      try {
        most = Math.max(
          most,
          Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${run.child.pid}/status`, 'utf8'))?.[1] ?? 0),
        );
      } catch {
        // It has ended.
      }
    }, 5);
    const { exit } = await run.ended;
    clearInterval(look);
    const mebibytes = Math.round(most / 1024);
    check(
      `a line of 200 MB passes ${args[0] === undefined ? '' : 'with --count '}(${mebibytes} MiB)`,
      exit === 0 && numberIn(long, 'size') > 200_000_000 && mebibytes <= (args[0] === undefined ? 60 : 100),
      `exit ${exit}, ${mebibytes} MiB\n${run.said()}`,
    );
    if (args.length > 0) {
      const { blocks } = JSON.parse(readFileSync(result, 'utf8'));
      check(
        '  which counts one record, and its bytes',
        blocks[0].rows === 1 && blocks[0].streams.s === 1 && blocks[0].bytes === numberIn(long, 'size'),
        JSON.stringify(blocks),
      );
    }
  }
  const daemon = project({
    tap: `setsid sh -c 'echo $$ > "$FOLDER/daemon.pid"; exec sleep 30' > /dev/null & ${one}`,
  });
  const beside = started(daemon);
  const { exit, seconds } = await beside.ended;
  check(
    'a daemon that a tap left in a session of its own does not keep the run from ending',
    exit === 0 && seconds < 15,
    `exit ${exit} after ${seconds} s\n${beside.said()}`,
  );
  if (lives(numberIn(daemon, 'daemon.pid'))) process.kill(numberIn(daemon, 'daemon.pid'), 'SIGKILL');

  const garbage = project({
    tap: 'head -c 300000 /dev/urandom; exit 3',
    target: 'cat > /dev/null; echo "no JSON {"',
  });
  const told = started(garbage);
  check(
    'garbage is told in one line, and the state untouched',
    (await told.ended).exit === 1 &&
      told.said().includes('tap-a ended with exit code 3') &&
      storedState(garbage) === undefined,
    told.said(),
  );
  const early = project({ tap: `exec yes '{"type":"RECORD"}'`, target: 'echo "cannot connect" >&2; exit 4' });
  const refused = started(early);
  check(
    'a target that ends before it reads is told with its exit code, and its last words are in the log',
    (await refused.ended).exit === 1 &&
      refused.said().includes('target-b ended with exit code 4') &&
      refused.said().includes('cannot connect'),
    refused.said(),
  );
  const quiet = project({ tap: `for i in $(seq 2000); do echo "line $i" >&2; done; ${one}` });
  const unread = started(quiet);
  unread.child.stderr.destroy();
  check(
    'whoever reads the log may go: the run ends well',
    (await unread.ended).exit === 0 && storedState(quiet).n === 1,
  );
}

async function outOfMemory() {
  const greedy = `#!/usr/bin/env python3\nprint('{"type":"STATE","value":{"n":1}}', flush=True)\nblocks = []\nwhile True: blocks.append(b"x" * 10_000_000)\n`;
  const groups = [
    { at: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes' },
    { at: '/sys/fs/cgroup', limit: 'memory.max' },
  ].find(({ at }) => existsSync(join(at, 'cgroup.procs')));
  const group = groups && join(groups.at, `tapline-check-${process.pid}`);
  try {
    if (!group) throw new Error('no group for memory is mounted');
    mkdirSync(group);
    atEnd(() => existsSync(group) && rmdirSync(group));
    writeFileSync(join(group, groups.limit), String(300 * 2 ** 20));
  } catch (error) {
    return notRun('a limit of memory', error.message, {
      optional: 'runtime/test/run/oom.test.ts reads files like those',
    });
  }
  const folder = project({ tap: greedy });
  const run = started(folder, { wrap: ['sh', '-c', `echo $$ > ${group}/cgroup.procs; exec "$@"`, 'sh'] });
  const { exit } = await run.ended;
  check(
    'memory runs out (a real limit of 300 MiB): exit 1, and that is the reason',
    exit === 1 && run.said().includes('tap-a ended with signal SIGKILL: out of memory'),
    `exit ${exit}\n${run.said()}`,
  );
  check('  and the state is what the target gave back', storedState(folder)?.n === 1);
  await waitFor(() => readFileSync(join(group, 'cgroup.procs'), 'utf8') === '', 5);
}

async function fullDisk() {
  if (!isRoot) return notRun('a full disk', 'only root can mount one', { optional: 'as root' });
  const disk = temporaryFolder('disk');
  must('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  atEnd(() => run('umount', ['--lazy', disk]));
  const plugins = {
    states: join(disk, 'states'),
    target: `while read -r line; do n=\${line##*:}; n=\${n%%\\}*}; echo "$line" >> "$FOLDER/kept"; [ "$n" = 20 ] && head -c 200000 /dev/zero > "${disk}/filler" 2> /dev/null; echo "{\\"n\\":$n}"; done`,
  };
  const folder = project(plugins);
  const result = join(folder, 'result.json');
  const full = started(folder, { args: ['--result', result] });
  const { exit } = await full.ended;
  check(
    'the disk of the states is full: the run ends by itself, exit 1, and says so',
    exit === 1 && /ENOSPC|no space/i.test(full.said()),
    `exit ${exit}\n${full.said()}`,
  );
  const text = readFileSync(join(disk, stateFolder, 'state.json'), 'utf8');
  check('  the state before is whole', JSON.parse(text).completed.singer_state.n <= kept(folder), text);
  check('  and the result tells it', JSON.parse(readFileSync(result, 'utf8')).status === 'failure');
  must('rm', [join(disk, 'filler')]);
  const again = started(folder, { args: ['--timeout', '2'] });
  await again.ended;
  check('  and with space again the next run goes on', again.said().includes('time limit'), again.said());
  must('sh', ['-c', `head -c 200000 /dev/zero > ${disk}/filler || true`]);
  const unwritten = project({ tap: one });
  const lost = started(unwritten, { args: ['--result', join(disk, 'result.json')] });
  check(
    'a result that cannot be written fails the run, with a line',
    (await lost.ended).exit === 1 &&
      lost.said().includes('the result could not be written') &&
      storedState(unwritten).n === 1,
    lost.said(),
  );
}

async function firstProcess() {
  if (!isRoot)
    return notRun('the first process of a container', 'only root can make one', { optional: 'as root' });
  const orphaning = `for i in 1 2 3 4 5; do (setsid sh -c 'sleep 0.2' > /dev/null 2>&1 &) ; done; ps -eo stat,pid,args > "$FOLDER/before"; sleep 1.5; ps -eo stat,pid,args > "$FOLDER/during"\n${endless}`;
  const folder = project({ tap: orphaning });
  const inside = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const first = started(folder, { wrap: inside });
  await under(folder);
  const during = readFileSync(join(folder, 'during'), 'utf8');
  check(
    'as process 1 it waits for orphans: no zombie is left',
    /\b1 .*tapline-run/.test(during) && !/^Z/m.test(during),
    during,
  );
  const [one] = run('pgrep', ['-P', String(first.child.pid)])
    .stdout.trim()
    .split('\n')
    .map(Number);
  process.kill(one, 'SIGTERM');
  const { exit } = await first.ended;
  check(
    'as process 1 SIGTERM ends it with 143, the target drained',
    exit === 143 && storedState(folder).n === kept(folder),
    `exit ${exit}, stored ${JSON.stringify(storedState(folder))}, kept ${kept(folder)}\n${first.said()}`,
  );
  const failing = project({ tap: 'exit 7' });
  check('as process 1 its exit code is its own', (await started(failing, { wrap: inside }).ended).exit === 1);
  check(
    'no folder of a run is left',
    readdirSync('/dev/shm').every((name) => !name.includes('-4000-8000-') && !name.includes('-4001-8000-')),
  );
}
