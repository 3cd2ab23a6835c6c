import { exitCode } from '../problem';
import type { Host } from './host';
import { runProgram } from './program';

type Signal = 'SIGTERM' | 'SIGINT';

/** How long a signal waits for a command that knows what to do with it. */
const patienceMs = 1000;
const listeners = new Set<(signal: Signal) => void>();
let early: Signal | undefined;

// As the first process of a container it would not even be ended by a signal that nobody listens for.
for (const [signal, code] of [
  ['SIGTERM', exitCode.terminated],
  ['SIGINT', exitCode.interrupted],
] as const) {
  process.on(signal, () => {
    for (const listener of listeners) listener(signal);
    if (listeners.size > 0) return;
    early ??= signal;
    setTimeout(() => {
      if (listeners.size === 0) process.exit(code);
    }, patienceMs).unref();
  });
}

// Whoever reads the log may go; the run goes on without.
process.stderr.on('error', () => undefined);

const host: Host = {
  env: process.env,
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY,
  terminal: process.stderr.isTTY ? process.stderr : undefined,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  ask: process.stdin.isTTY ? ask : undefined,
  onSignal: (listener) => {
    listeners.add(listener);
    if (early !== undefined) listener(early);
    return () => listeners.delete(listener);
  },
};

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return answer;
}

runProgram(process.argv.slice(2), host).then(
  (code) => {
    // Nothing is left to wait for: what still holds the event loop open must not keep the caller.
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(exitCode.failed);
  },
);

/** What the system refuses is told in a line; what should not happen, with where it did. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error ? error.message : (error.stack ?? error.message);
}
