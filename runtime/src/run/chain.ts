import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, describeEnding, wentWell } from './child';
import { outOfMemoryKills } from './oom';
import type { Stop, StopReason } from './stop';

/** How long a process may take to see that its neighbour is gone. */
const noticeMs = 500;
/** How long a tap may take to end after SIGTERM. */
const tapSeconds = 5;

/** How a chain of processes ended. */
export interface ChainEnding {
  readonly success: boolean;
  readonly reason: string | undefined;
}

/**
 * Waits for a tap, its mappers and its target, and sees to it that none outlives the others.
 *
 * The tap ends: its neighbour reads to the end of the file and ends by itself, however long that takes. The target ends:
 * the others are ended. A mapper ends before what feeds it: all are ended, and the run has failed. A wish to stop ends
 * the tap alone; the target gets no signal while it drains, until the grace is over.
 */
export class Chain {
  /** Processes whose end by our hand is no failure. */
  private readonly excused = new Set<Child>();
  private early: string | undefined;
  private readonly outOfMemoryBefore = outOfMemoryKills();

  constructor(
    private readonly children: readonly Child[],
    private readonly stop: Stop,
    private readonly graceSeconds: number,
    /** Whether the target still reads what is written to it. */
    private readonly targetReads: () => boolean,
  ) {}

  /** Waits for the end. */
  async run(): Promise<ChainEnding> {
    const timers: NodeJS.Timeout[] = [];
    const unlisten = this.stop.listen((reason) => timers.push(...this.stopNow(reason)));
    try {
      await Promise.all(this.children.map((child, i) => child.ended.then(() => this.onEnd(child, i))));
    } finally {
      unlisten();
      timers.forEach(clearTimeout);
    }
    for (const child of this.children) child.endGroup();
    return this.judge();
  }

  private async onEnd(child: Child, index: number): Promise<void> {
    const last = this.children.length - 1;
    const before = this.children.slice(0, index);
    if (index === 0) {
      if (!wentWell(child.ending) && !child.stopped && !this.targetReads()) this.excused.add(child);
      return;
    }
    if (before.every((one) => one.ending)) return;
    if (index < last) {
      // Both may have ended at once, and the news of the first comes second.
      await sleep(100);
      if (before.every((one) => one.ending)) return;
      this.early = `the mapper ${child.name} ended before what feeds it`;
      for (const one of this.children) one.signal('SIGKILL');
      return;
    }
    // A tap that writes sees the broken pipe and fails by itself; an idle one never would.
    await Promise.race([sleep(noticeMs), Promise.all(before.map((one) => one.ended))]);
    for (const one of before) {
      if (one.ending) continue;
      this.excused.add(one);
      one.signal('SIGKILL');
    }
  }

  private stopNow(reason: StopReason): NodeJS.Timeout[] {
    const [tap] = this.children;
    const afterwards = (seconds: number, children: readonly (Child | undefined)[]): NodeJS.Timeout =>
      setTimeout(() => {
        for (const child of children) child?.signal('SIGKILL');
      }, seconds * 1000);
    if (reason === 'state') {
      // Another run writes by now: what this one has read is not its to deliver.
      for (const child of this.children) child.signal('SIGTERM');
      return [afterwards(2, this.children)];
    }
    tap?.signal('SIGTERM');
    return [
      afterwards(Math.min(tapSeconds, this.graceSeconds / 2), [tap]),
      afterwards(this.graceSeconds, this.children),
    ];
  }

  private judge(): ChainEnding {
    if (this.early !== undefined) return { success: false, reason: this.early };
    const failed = this.children.filter((child) => !wentWell(child.ending) && !this.excused.has(child));
    if (failed.length === 0) return { success: true, reason: undefined };
    const reason = failed.map((child) => `${child.name} ended with ${this.explain(child)}`).join(', ');
    return { success: false, reason };
  }

  private explain(child: Child): string {
    const { ending } = child;
    if (!ending) return 'nothing known';
    const killed = (ending.signal === 'SIGKILL' || ending.code === 137) && !child.stopped;
    const now = outOfMemoryKills();
    const memory = killed && now !== undefined && now > (this.outOfMemoryBefore ?? now);
    return `${describeEnding(ending)}${memory ? ': out of memory' : ''}`;
  }
}
