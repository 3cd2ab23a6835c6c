import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { Problem } from '../problem';
import type { Guard } from './guard';

/** What is to be started. */
export interface ChildSpec {
  /** The plugin's name, for people. */
  readonly name: string;
  /** What to run, and its arguments. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdio: StdioOptions;
  /** How to mend it when there is no such program. */
  readonly missing: string;
  /** Ends it when this process is gone. */
  readonly guard: Guard;
}

/** How a process ended. */
export interface Ending {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of a plugin. */
export class Child {
  /** How it ended, as soon as it has. */
  ending: Ending | undefined;
  readonly ended: Promise<Ending>;
  /** Whether we ended it ourselves. */
  stopped = false;
  private groupEnded = false;

  private constructor(
    readonly name: string,
    private readonly process: ChildProcess,
    private readonly guard: Guard,
  ) {
    this.ended = new Promise((done) => {
      process.once('exit', (code, signal) => {
        this.ending = { code, signal };
        // What it started and left behind could hold the pipes of its neighbours open.
        if (!wentWell(this.ending)) this.endGroup();
        done(this.ending);
      });
    });
  }

  /** Starts it; fails where there is no such program. */
  static async start(spec: ChildSpec): Promise<Child> {
    const [file = '', ...args] = spec.argv;
    const child = spawn(file, args, { env: spec.env, cwd: spec.cwd, stdio: spec.stdio, detached: true });
    const started = new Child(spec.name, child, spec.guard);
    if (child.pid !== undefined) spec.guard.watch(child.pid);
    await new Promise<void>((done, fail) => {
      child.once('spawn', done);
      child.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'ENOENT' ? 'there is no such program' : error.message;
        fail(new Problem(`${spec.name} could not be started: ${file}: ${why}`, { fix: spec.missing }));
      });
    });
    return started;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Sends a signal to it and to what it started, unless it has ended. */
  signal(name: NodeJS.Signals): void {
    if (this.ending) return;
    this.stopped = true;
    try {
      process.kill(-this.pid, name);
    } catch {
      this.process.kill(name);
    }
  }

  /** Ends what it started and left behind when it ended. */
  endGroup(): void {
    if (this.groupEnded) return;
    this.groupEnded = true;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch {
      // There is nothing left.
    }
    this.guard.forget(this.pid);
  }
}

/** Whether a process went well. */
export function wentWell(ending: Ending | undefined): boolean {
  return ending?.code === 0;
}

/** How a process ended, in words. */
export function describeEnding({ code, signal }: Ending): string {
  return signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`;
}
