import { closeSync, constants, openSync, unlinkSync } from 'node:fs';

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

  /** Gives an end away: whoever has it now closes it. */
  give(end: number): number {
    this.open = this.open.filter((one) => one !== end);
    return end;
  }
}

/**
 * Opens both ends of a named pipe, and unlinks it.
 *
 * What Node gives a child as a pipe is a socket: slower, and a program cannot open its `/dev/stderr` anew.
 */
export function openPipe(name: string): Pipe {
  // Opening one end alone would wait for the other; this first one does not wait, and is not handed out.
  const first = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(name, constants.O_WRONLY);
  const reading = openSync(name, constants.O_RDONLY);
  closeSync(first);
  unlinkSync(name);
  return new Pipe(reading, writing);
}
