import { Problem } from '../problem';
import { printJson } from '../value/json-print';
import { JsonError, parseJson } from '../value/json-parse';
import { isTruthy } from '../value/value';
import { applyState, type Lease, noState, renewSeconds, type StoredState } from './store';

/**
 * Writes the states that a target gives back, behind the data: at most one write at a time and one a second, always the
 * newest, the last one before the end.
 *
 * The target is never kept waiting. A write that fails makes `finish` fail, and with it the run.
 */
export class StateWriter {
  /** How many states the target gave back. */
  received = 0;
  /** How many writes they became. */
  written = 0;
  private stored: StoredState;
  private pending = false;
  private failure: unknown;
  private busy: Promise<void> | undefined;
  private lastWriteAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly heart: NodeJS.Timeout;

  constructor(
    private readonly lease: Lease,
    private readonly options: {
      /** Whether states are merged into the partial one. */
      readonly merging: boolean;
      readonly warn: (message: string) => void;
      /** Told at once when a write fails. */
      readonly onFailure: (error: unknown) => void;
      /** The least time between two writes. @default 1000 */
      readonly intervalMs?: number;
    },
  ) {
    this.stored = lease.state ?? noState;
    this.heart = setInterval(() => void this.renew(), renewSeconds * 1000);
    this.heart.unref();
  }

  /** Takes a line of the target's output. */
  line(text: string): void {
    let state;
    try {
      state = parseJson(text);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      this.options.warn('a line of the target is no JSON, so it is no state');
      return;
    }
    if (!isTruthy(state)) {
      this.options.warn(`the state ${printJson(state)} is empty, so it changes nothing`);
      return;
    }
    this.received += 1;
    this.stored = applyState(this.stored, state, this.options.merging);
    this.pending = true;
    this.schedule();
  }

  /** Waits until the last state is written. */
  async finish(): Promise<void> {
    clearInterval(this.heart);
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.busy;
    if (this.pending && this.failure === undefined) await this.write();
    if (this.failure !== undefined) throw this.failure as Error;
  }

  private schedule(): void {
    if (this.busy || this.timer || this.failure !== undefined) return;
    const wait = this.lastWriteAt + (this.options.intervalMs ?? 1000) - performance.now();
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.write();
      },
      Math.max(0, wait),
    );
  }

  private write(): Promise<void> {
    this.pending = false;
    this.lastWriteAt = performance.now();
    this.busy = this.lease
      .write(this.stored)
      .then(
        () => {
          this.written += 1;
        },
        (error: unknown) => {
          this.fail(error);
        },
      )
      .finally(() => {
        this.busy = undefined;
        if (this.pending) this.schedule();
      });
    return this.busy;
  }

  private async renew(): Promise<void> {
    try {
      if (this.failure === undefined) await this.lease.renew();
    } catch (error) {
      if (error instanceof Problem) this.fail(error);
      else this.options.warn(`the lease could not be renewed: ${(error as Error).message}`);
    }
  }

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.options.onFailure(error);
  }
}
