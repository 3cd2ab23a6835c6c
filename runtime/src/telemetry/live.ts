import type { BlockResult, RunResult } from '../run/result';

/** What is known of a block while it runs; null where nothing tells. */
export interface Figures {
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly streams: Readonly<Record<string, number>>;
}

/** A block that runs. */
export interface Running {
  readonly name: string;
  readonly startedAt: Date;
  readonly figures: () => Figures;
}

/** Whoever shows what happens: a line on a terminal, metrics, a trace. */
export interface Observer {
  began?(block: Running): void;
  ended?(result: BlockResult): void;
  /** The run is over; what is to be sent is sent now. */
  close?(result: RunResult): Promise<void>;
}

/** The figures of nothing. */
export const noFigures: Figures = { rows: null, bytes: null, streams: {} };

/** Tells all observers what happens. */
export class Live {
  constructor(private readonly observers: readonly Observer[] = []) {}

  /** A block begins. */
  began(name: string, figures: () => Figures): void {
    const block = { name, startedAt: new Date(), figures };
    for (const observer of this.observers) observer.began?.(block);
  }

  /** A block has ended. */
  ended(result: BlockResult): void {
    for (const observer of this.observers) observer.ended?.(result);
  }

  /** The run is over. */
  async close(result: RunResult): Promise<void> {
    await Promise.all(this.observers.map(async (observer) => observer.close?.(result)));
  }
}
