import type { Metric } from '../log/plugin-lines';
import { processStart } from '../process-start';
import type { Counter } from './counter';
import { writtenByEndedChildren, writtenByTree } from './written';

/** Counts what a tap moves: its own METRIC lines say how many records, the system how many bytes it wrote. */
export class Meter {
  private readonly byStream = new Map<string, number>();
  private counted = false;
  private seen: number | undefined;
  private written: number | null = null;
  private readonly before = writtenByEndedChildren();
  private timer: NodeJS.Timeout | undefined;
  private lastMoveAt = performance.now();

  constructor(
    /** Who reads along, and knows better than the tap's own lines. */
    private readonly counter?: Counter,
  ) {}

  /** Takes a measurement of the tap. */
  take(metric: Metric): void {
    if (metric.name !== 'record_count') return;
    this.counted = true;
    const stream = metric.stream ?? '';
    this.byStream.set(stream, (this.byStream.get(stream) ?? 0) + metric.value);
  }

  /** Looks at a process once a second, until it has ended; calls back when it wrote nothing for so long. */
  watch(pid: number, idleSeconds: number | undefined, onIdle: () => void): void {
    if (idleSeconds === undefined) return;
    this.lastMoveAt = performance.now();
    this.timer = setInterval(() => {
      if (processStart(pid) === undefined) return;
      const now = writtenByTree(pid);
      if (now !== this.seen) this.lastMoveAt = performance.now();
      this.seen = now;
      if (performance.now() - this.lastMoveAt > idleSeconds * 1000) {
        this.end();
        onIdle();
      }
    }, 1000);
    this.timer.unref();
  }

  /** The tap has ended just now, the first of its chain: what ended children wrote more by now is what it wrote. */
  tapEnded(others: readonly number[]): void {
    const now = writtenByEndedChildren();
    const first = others.every((pid) => processStart(pid) !== undefined);
    if (now !== undefined && this.before !== undefined && first) this.written = now - this.before;
  }

  /** Stops looking. */
  end(): void {
    clearInterval(this.timer);
  }

  /** The records that the tap says it read. */
  get rows(): number | null {
    if (this.counter) return this.counter.unsure ? null : sum(this.counter.byStream);
    return this.counted ? sum(this.byStream) : null;
  }

  /** The bytes that the tap wrote, log lines included; null where it did not end first. */
  get bytes(): number | null {
    return this.counter?.bytes ?? this.written;
  }

  /** The records per stream. */
  get streams(): Record<string, number> {
    const counts = this.counter?.byStream ?? this.byStream;
    return Object.fromEntries([...counts].filter(([stream]) => stream !== ''));
  }
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((all, value) => all + value, 0);
}
