import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { aliveName, Guard } from './guard';

const prefix = 'tapline-run-';
/** How old a folder without the pipe of a living run may be: one that is being made just now is left alone. */
const youngMs = 60_000;
/** How long the guard of a run that was killed may take. */
const guardMs = 2000;

/**
 * A folder for what must not outlive the run: configurations with secrets, and the names of pipes.
 *
 * It lies in memory where there is such a file system, only its owner may look into it, and it goes at the end: by this
 * process, by its guard where this process was killed, and by the next run where both were.
 */
export class Scratch {
  readonly folder: string;
  readonly guard: Guard;

  private constructor(folder: string, path: string | undefined) {
    this.folder = folder;
    mkdirSync(folder, { mode: 0o700 });
    this.guard = Guard.start(folder, path);
  }

  /** Makes the folder of a run, when nothing of a run that was killed is at work any more. */
  static async open(run: string, path: string | undefined, base = memoryFolder()): Promise<Scratch> {
    await sweep(base);
    return new Scratch(`${base}/${prefix}${run}`, path);
  }

  /** Writes a file that only its owner may read. */
  write(name: string, text: string): string {
    const file = `${this.folder}/${name}`;
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  /** Removes everything. */
  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.guard.close();
  }
}

function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK | constants.X_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

async function sweep(base: string): Promise<void> {
  for (const name of readdirSync(base).filter((one) => one.startsWith(prefix))) {
    const folder = `${base}/${name}`;
    try {
      const last = performance.now() + guardMs;
      // Its guard ends the plugins first, and two targets must not write at once.
      while (isLeft(folder) && performance.now() < last) await sleep(10);
      if (isLeft(folder)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another user's, or gone meanwhile.
    }
  }
}

/**
 * Whether the run of a folder is no more: nobody reads the pipe that it held open.
 *
 * An id of a process would not tell: the next container of a pod counts anew, and has the same memory.
 */
function isLeft(folder: string): boolean {
  try {
    closeSync(openSync(`${folder}/${aliveName}`, constants.O_WRONLY | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENXIO') return true;
    if (code !== 'ENOENT') return false;
    return Date.now() - statSync(folder).mtimeMs > youngMs;
  }
}
