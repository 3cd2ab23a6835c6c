import type { Log } from '../log/log';
import type { Project } from '../project/project';
import { openStateStore } from '../state/open';
import type { StateStore } from '../state/store';
import { Live } from '../telemetry/live';
import type { RunContext, RunOptions } from './context';
import { Scratch } from './scratch';
import { Stop } from './stop';

/** Options of a run that asks for nothing special. */
export const plainOptions: RunOptions = {
  fullRefresh: false,
  refreshCatalog: false,
  noStateUpdate: false,
  force: false,
  count: false,
  stateIdSuffix: undefined,
  stateStrategy: 'auto',
};

/** Does something with everything that a run needs, and cleans up behind it. */
export async function withSession<T>(
  from: {
    readonly id: string;
    readonly project: Project;
    readonly log: Log;
    readonly cwd: string;
    readonly options: RunOptions;
    readonly onSignal: (listener: (signal: 'SIGTERM' | 'SIGINT') => void) => () => void;
    readonly timeoutSeconds?: number | undefined;
    /** Whoever watches the run. @default - nobody */
    readonly live?: Live;
  },
  action: (context: RunContext) => Promise<T>,
): Promise<T> {
  const { id, project, log, cwd, options, timeoutSeconds, live = new Live() } = from;
  const stop = new Stop();
  const unlisten = from.onSignal((signal) => {
    stop.request(signal);
  });
  const scratch = await Scratch.open(id, project.shell.PATH);
  const end = (): void => {
    stop.request('timeout');
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(end, timeoutSeconds * 1000);
  let store: Promise<StateStore> | undefined;
  const open = (): Promise<StateStore> => (store ??= openStateStore(project, cwd));
  try {
    return await action({ id, project, log, scratch, cwd, stop, options, live, store: open });
  } finally {
    clearTimeout(timer);
    unlisten();
    await (await store?.catch(() => undefined))?.close();
    await scratch.remove();
  }
}
