import type { Ending } from './child';

/** What runs the plugins: this program, or `meltano run` under its eyes. */
export type Engine = 'native' | 'meltano';

/** What became of a block. */
export interface BlockResult {
  readonly type: 'extract_load' | 'command' | 'meltano';
  readonly name: string;
  /** Which engine ran it. */
  readonly engine: Engine;
  readonly success: boolean;
  /** Why not, in one line. */
  readonly reason: string | undefined;
  readonly durationSeconds: number;
  /** How each plugin ended, by name. */
  readonly endings: Readonly<Record<string, Ending>>;
  /** Records that the tap says it read; null where it says nothing. */
  readonly rows: number | null;
  /** What the tap wrote; null where the system does not tell. */
  readonly bytes: number | null;
  /** The records per stream, as the tap says. */
  readonly streams: Readonly<Record<string, number>>;
  readonly stateId: string | undefined;
  /** States that the target gave back, and the writes that they became; null where Meltano writes them. */
  readonly statesReceived: number | null;
  readonly stateWrites: number | null;
}

/** What became of a run. */
export interface RunResult {
  readonly runId: string;
  readonly engine: Engine;
  readonly exitCode: number;
  readonly reason: string | undefined;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly blocks: readonly BlockResult[];
}
