import type { Ending } from './child';

/** What became of a block. */
export interface BlockResult {
  readonly type: 'extract_load' | 'command';
  readonly name: string;
  /** Which engine ran it. */
  readonly engine: 'native';
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
  /** States that the target gave back, and the writes that they became. */
  readonly statesReceived: number;
  readonly stateWrites: number;
}

/** What became of a run. */
export interface RunResult {
  readonly runId: string;
  readonly exitCode: number;
  readonly reason: string | undefined;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly blocks: readonly BlockResult[];
}
