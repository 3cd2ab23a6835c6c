import type { Log } from '../log/log';
import type { Project } from '../project/project';
import type { StateStore } from '../state/store';
import type { Live } from '../telemetry/live';
import type { Scratch } from './scratch';
import type { Stop } from './stop';

/** What the command line says about a run. */
export interface RunOptions {
  readonly fullRefresh: boolean;
  readonly refreshCatalog: boolean;
  readonly noStateUpdate: boolean;
  readonly force: boolean;
  /** Whether the runner reads along to count records. */
  readonly count: boolean;
  readonly stateIdSuffix: string | undefined;
  readonly stateStrategy: 'auto' | 'merge' | 'overwrite';
}

/** Everything that the parts of a run share. */
export interface RunContext {
  readonly id: string;
  readonly project: Project;
  readonly options: RunOptions;
  readonly log: Log;
  readonly scratch: Scratch;
  /** The caller's folder, in which plugins run. */
  readonly cwd: string;
  readonly stop: Stop;
  /** Whoever watches the run. */
  readonly live: Live;
  /** Opened when the first block needs it. */
  readonly store: () => Promise<StateStore>;
}
