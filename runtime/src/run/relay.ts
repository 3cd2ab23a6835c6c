import { Socket } from 'node:net';
import type { Counter } from './counter';
import type { Pipe } from './pipes';

/** Carries what a tap writes to whoever reads it, and counts it on the way: the price of exact numbers. */
export class Relay {
  private readonly source: Socket;
  private readonly sink: Socket;

  constructor(from: Pipe, to: Pipe, counter: Counter) {
    this.source = new Socket({ fd: from.give(from.reading), readable: true, writable: false });
    this.sink = new Socket({ fd: to.give(to.writing), readable: false, writable: true });
    this.source.on('data', (chunk: Buffer) => {
      counter.write(chunk);
    });
    this.source.once('end', () => {
      counter.end();
    });
    this.source.pipe(this.sink);
    // Nobody reads any more: the tap is to see a broken pipe, as it would without us.
    this.sink.once('error', () => this.source.destroy());
    this.source.once('error', () => this.sink.destroy());
  }

  /** Closes both ends. */
  destroy(): void {
    this.source.destroy();
    this.sink.destroy();
  }
}
