import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../problem';
import { printJson } from '../value/json-print';
import { JsonError, parseJson } from '../value/json-parse';
import { isTruthy } from '../value/value';
import { StoreAway } from './away';
import { applyState, type Lease, noState, renewSeconds, type StoredState } from './store';

/** The longest pause between two tries of a store that is away. */
const longestPauseMs = 15_000;

/** How long the last write waits for a store that is away. */
export const patienceSeconds = 30;

/**
 * Writes the states that a target gives back, behind the data: at most one write at a time and one a second, always the
 * newest, the last one before the end.
 *
 * The target is never kept waiting. While the store is away the run goes on, and the newest state is tried again with
 * growing pauses; what counts is that it is back before the end. Any other write that fails makes `finish` fail, and with
 * it the run.
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
  /** Since when the store is away, and how often it was tried. */
  private away: { readonly since: number; tries: number; error: StoreAway } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly heart: NodeJS.Timeout;
  private finishing = false;
  private renewing = false;

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

  /**
   * Waits until the last state is written, for a store that is away only so long.
   *
   * @param patience in seconds
   */
  async finish(patience = patienceSeconds): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.finishing = true;
    const end = new AbortController();
    const tooLate = sleep(patience * 1000, true, { signal: end.signal }).catch(() => false);
    while (this.failure === undefined && (this.busy ?? this.pending)) {
      const next = this.busy ?? this.write();
      const over = await Promise.race([next.then(() => this.pauseBeforeEnd()), tooLate]);
      if (over === true) this.fail(this.stillAway(patience));
    }
    end.abort();
    clearInterval(this.heart);
    if (this.failure !== undefined) throw this.failure as Error;
  }

  private schedule(): void {
    if (this.finishing || this.busy || this.timer || this.failure !== undefined) return;
    const interval = this.options.intervalMs ?? 1000;
    const wait = this.lastWriteAt + Math.max(interval, this.pauseMs()) - performance.now();
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
          this.isBack();
        },
        (error: unknown) => {
          if (error instanceof StoreAway) this.isAway(error);
          else this.fail(error);
        },
      )
      .finally(() => {
        this.busy = undefined;
        if (this.pending) this.schedule();
      });
    return this.busy;
  }

  private isAway(error: StoreAway): void {
    this.pending = true;
    if (!this.away) this.options.warn(`${error.message}; the state is kept, and written when it is back`);
    this.away ??= { since: performance.now(), tries: 0, error };
    this.away.error = error;
    this.away.tries += 1;
  }

  private isBack(): void {
    if (!this.away) return;
    const seconds = Math.round((performance.now() - this.away.since) / 1000);
    this.options.warn(`the store of the states is back after ${seconds} s`);
    this.away = undefined;
  }

  private pauseMs(): number {
    return this.away ? Math.min(longestPauseMs, 250 * 2 ** this.away.tries) : 0;
  }

  /** Shorter than before: the end waits for it. */
  private async pauseBeforeEnd(): Promise<void> {
    if (this.pending) await sleep(Math.min(this.pauseMs(), 2000));
  }

  private stillAway(patience: number): Problem {
    const why = this.away?.error.message ?? 'the store does not answer';
    return new Problem(`the last state was not written within ${patience} s of the end: ${why}`, {
      fix: 'The next run goes on from the state before, and reads again what came after it.',
    });
  }

  private async renew(): Promise<void> {
    if (this.failure !== undefined || this.renewing) return;
    this.renewing = true;
    try {
      await this.lease.renew();
    } catch (error) {
      // While the store is away nobody else can take the lease; when it is back, the next one tells whose it is.
      if (error instanceof StoreAway) this.options.warn(`the lease was not renewed: ${error.message}`);
      else this.fail(error);
    } finally {
      this.renewing = false;
    }
  }

  private fail(error: unknown): void {
    if (this.failure !== undefined) return;
    this.failure = error;
    this.options.onFailure(error);
  }
}
