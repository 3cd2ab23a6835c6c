import { Socket } from 'node:net';
import { Lines } from './lines';
import type { Pipe } from './pipes';

/** How long after the end of a process its output is waited for. */
const patienceMs = 2000;

/** Reads the lines of our end of a pipe until every writer has closed it. */
export class Reader {
  private readonly done: Promise<void>;
  private readonly socket: Socket;

  constructor(pipe: Pipe, take: (line: string) => void, longest?: number) {
    pipe.close(pipe.writing);
    const lines = new Lines(take, longest);
    this.socket = new Socket({ fd: pipe.give(pipe.reading), readable: true, writable: false });
    this.done = new Promise((done, fail) => {
      this.socket.on('data', (chunk: Buffer) => {
        lines.write(chunk);
      });
      this.socket.once('error', fail);
      this.socket.once('close', () => {
        lines.end();
        done();
      });
    });
  }

  /**
   * Waits for the end, once the process has ended that writes.
   *
   * What it wrote is there by then. Only a process that it left in a session of its own could hold the pipe open, and is
   * not waited for.
   */
  async finish(): Promise<void> {
    const timer = setTimeout(() => this.socket.destroy(), patienceMs);
    await this.done;
    clearTimeout(timer);
  }
}
