import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { processStart } from '../process-start';

const prefix = 'tapline-run-';

/**
 * A folder for what must not outlive the run: configurations with secrets, and the names of pipes.
 *
 * It lies in memory where there is such a file system, only its owner may look into it, and it goes at the end. What a
 * run left that was killed goes when the next one starts.
 */
export class Scratch {
  readonly folder: string;

  constructor(run: string, base = memoryFolder()) {
    sweep(base);
    this.folder = `${base}/${prefix}${run}`;
    mkdirSync(this.folder, { mode: 0o700 });
    writeFileSync(`${this.folder}/pid`, `${process.pid} ${processStart(process.pid) ?? ''}`, { mode: 0o600 });
  }

  /** Writes a file that only its owner may read. */
  write(name: string, text: string): string {
    const file = `${this.folder}/${name}`;
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  /** Removes everything. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
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

function sweep(base: string): void {
  for (const name of readdirSync(base).filter((one) => one.startsWith(prefix))) {
    try {
      const [pid = '', start = ''] = readFileSync(`${base}/${name}/pid`, 'utf8').split(' ');
      if (processStart(Number(pid)) !== start) rmSync(`${base}/${name}`, { recursive: true, force: true });
    } catch {
      // Another user's, or one that is being made just now.
    }
  }
}
