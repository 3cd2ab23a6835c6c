import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, unlinkSync } from 'node:fs';
import { Problem } from '../problem';

/** The two ends of a pipe of the kernel, as file descriptors of this process. */
export class Pipe {
  private open: number[];

  constructor(
    readonly reading: number,
    readonly writing: number,
  ) {
    this.open = [reading, writing];
  }

  /** Closes an end here; as long as this process holds it, the other end sees neither end of file nor a broken pipe. */
  close(end: number): void {
    if (!this.open.includes(end)) return;
    this.open = this.open.filter((one) => one !== end);
    closeSync(end);
  }

  /** Closes both ends here. */
  closeAll(): void {
    for (const end of [...this.open]) this.close(end);
  }
}

/**
 * Makes pipes whose ends can be handed to children, so that what one writes the other reads without us between.
 *
 * What Node gives a child as a pipe is a socket: slower, and a program cannot open its `/dev/stderr` anew. So these are
 * named pipes, opened at both ends and unlinked at once.
 *
 * @param folder where their names are for a moment
 */
export function makePipes(folder: string, count: number): Pipe[] {
  const names = Array.from({ length: count }, (_, i) => `${folder}/pipe-${process.hrtime.bigint()}-${i}`);
  const made = spawnSync('mkfifo', ['-m', '600', ...names], { encoding: 'utf8' });
  if (made.status !== 0) {
    throw new Problem(
      `no pipe could be made with mkfifo in ${folder}: ${made.error?.message ?? made.stderr.trim()}`,
    );
  }
  return names.map(openBothEnds);
}

function openBothEnds(name: string): Pipe {
  // Opening one end alone would wait for the other; this first one does not wait, and is not handed out.
  const first = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(name, constants.O_WRONLY);
  const reading = openSync(name, constants.O_RDONLY);
  closeSync(first);
  unlinkSync(name);
  return new Pipe(reading, writing);
}
