import { spawn } from 'node:child_process';
import { Problem } from '../problem';

/** A command, and where it runs. */
export interface Execution {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it is given as its standard input. @default - nothing */
  readonly input?: string;
}

/** Runs a command to its end and gives its standard output; fails with its last words. */
export function execute(
  { argv: [file = '', ...args], cwd, env, input }: Execution,
  take: (line: string) => void,
): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const last: string[] = [];
    const out: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n')) {
        if (line.trim() === '') continue;
        take(line);
        last.push(line.trim());
        if (last.length > 5) last.shift();
      }
    });
    child.once('error', (error) => {
      fail(new Problem(`${file} could not be started: ${error.message}`));
    });
    child.once('close', (code) => {
      if (code === 0) done(Buffer.concat(out).toString());
      else {
        const words = last.join(' | ') || Buffer.concat(out).toString().trim().slice(-500);
        fail(
          new Problem(
            `${file} ${args.slice(0, 3).join(' ')} failed with exit code ${code ?? 'none'}: ${words}`,
          ),
        );
      }
    });
    child.stdin.on('error', () => undefined).end(input ?? '');
  });
}
