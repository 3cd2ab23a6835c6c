// Measures a process with all that it starts: wall time, CPU (user + system), and memory, by bash's `time` and /proc.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How often memory is looked at, in milliseconds. */
const interval = 10;

/** Whether memory is looked at: that costs the measured process CPU, so times come from runs without it. */
let sampling = true;

/**
 * Runs a command to its end. Memory is that of its largest process (as the kernel keeps its peak) and the peak of the
 * sum over all processes at one time, both in MB; where there is no /proc it is not a number.
 */
export function measure(command, args, { cwd, env } = {}) {
  return new Promise((done, fail) => {
    const started = process.hrtime.bigint();
    // Three lines at the end of stderr: seconds of wall, user and system time, of the command and all its children.
    const script = 'TIMEFORMAT=$\'\\n%3R\\n%3U\\n%3S\'; time "$@"';
    const child = spawn('bash', ['-c', script, 'bash', command, ...args], {
      cwd,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const peak = { largest: 0, tree: 0 };
    const sampler = sampling ? setInterval(() => sample(child.pid, peak), interval) : undefined;
    child.on('error', fail);
    child.on('close', (status) => {
      clearInterval(sampler);
      if (status !== 0) return fail(new Error(`${command} ${args.join(' ')}: exit code ${status}\n${said}`));
      const [user, system] = said.trimEnd().split('\n').slice(-2).map(Number);
      done({
        wall: Number(process.hrtime.bigint() - started) / 1e9,
        cpu: user + system,
        largest: peak.largest / 1024 || Number.NaN,
        tree: peak.tree / 1024 || Number.NaN,
      });
    });
  });
}

function sample(root, peak) {
  let sum = 0;
  const open = [...childrenOf(root)];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      sum += kilobytes(status, 'VmRSS');
      peak.largest = Math.max(peak.largest, kilobytes(status, 'VmHWM'));
      open.push(...childrenOf(pid));
    } catch {
      // It has ended meanwhile.
    }
  }
  peak.tree = Math.max(peak.tree, sum);
}

function childrenOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

function kilobytes(status, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}

/** The middle value. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Figures that only the first run gives. */
const ofFirstRun = ['largest', 'tree'];

/** Medians of every figure, after a first run that fills the caches of the file system and tells the memory. */
export async function medians(runs, once) {
  sampling = true;
  const first = await once();
  sampling = false;
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await once());
  return Object.fromEntries(
    Object.keys(first).map((key) => [
      key,
      ofFirstRun.includes(key) ? first[key] : median(results.map((result) => result[key])),
    ]),
  );
}
