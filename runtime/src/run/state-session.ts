import { copyFileSync } from 'node:fs';
import { Problem } from '../problem';
import type { PluginSettings } from '../settings/plugin-settings';
import { StoreAway } from '../state/away';
import { thisHolder } from '../state/holder';
import { currentState, type Lease, noState, type Outcome } from '../state/store';
import { patienceSeconds, StateWriter } from '../state/writer';
import { printJson } from '../value/json-print';
import { pythonText } from '../value/python-text';
import { isTruthy } from '../value/value';
import type { RunContext } from './context';

/** The state of one pipeline while it runs: its lease, what the tap starts from, what the target gives back. */
export class StateSession {
  private readonly writer: StateWriter;

  private constructor(
    private readonly context: RunContext,
    private readonly lease: Lease,
  ) {
    const { fullRefresh, stateStrategy } = context.options;
    this.writer = new StateWriter(lease, {
      merging: stateStrategy === 'merge' || (stateStrategy === 'auto' && fullRefresh),
      warn: (message) => {
        context.log.warning(message);
      },
      onFailure: (error) => {
        context.log.error(`the state could not be written: ${(error as Error).message}`);
        context.stop.request('state');
      },
    });
  }

  /** Takes the lease, or fails at once where another run holds it. */
  static async open(context: RunContext, id: string): Promise<StateSession> {
    const store = await context.store();
    const lease = await store.acquire(id, thisHolder(context.id), { force: context.options.force });
    context.log.info(`the state is '${id}' in ${store.label}; its lease has the token ${lease.token}`);
    return new StateSession(context, lease);
  }

  /** How many states the target gave back. */
  get received(): number {
    return this.writer.received;
  }

  /** How many writes they became. */
  get written(): number {
    return this.writer.written;
  }

  /** Takes a line of the target. */
  line(text: string): void {
    this.writer.line(text);
  }

  /** The file from which the tap goes on; undefined where it starts anew. */
  fileForTap(tap: PluginSettings): string | undefined {
    const { context, lease } = this;
    if (context.options.fullRefresh) {
      context.log.info('full refresh: the state of earlier runs is passed by');
      return undefined;
    }
    const own = tap.get('_state');
    if (isTruthy(own)) {
      const from = context.project.path(pythonText(own));
      const file = `${context.scratch.folder}/state.json`;
      try {
        copyFileSync(from, file);
      } catch (error) {
        throw new Problem(`the state ${from} cannot be read: ${(error as Error).message}`, {
          fix: `Look at \`state\` of ${tap.plugin.name}.`,
        });
      }
      return file;
    }
    const state = currentState(lease.state ?? noState);
    if (!isTruthy(state)) {
      context.log.info('there is no state yet: everything is read');
      return undefined;
    }
    return context.scratch.write('state.json', printJson(state, 2));
  }

  /** Writes the last state and gives the lease back. */
  async close(outcome: Outcome): Promise<void> {
    const { log, project, stop } = this.context;
    const own = Number(project.shell.TAPLINE_STATE_PATIENCE_SECONDS);
    const patience = own > 0 ? own : patienceSeconds;
    let ended = outcome;
    try {
      // Who is asked to end has little time.
      await this.writer.finish(stop.reason === undefined ? patience : Math.min(patience, 5));
    } catch (error) {
      ended = { success: false, error: (error as Error).message };
      throw error;
    } finally {
      await this.lease.release(ended).catch((error: unknown) => {
        if (!(error instanceof StoreAway)) throw error;
        log.warning(`the lease was not given back, and ends by itself: ${error.message}`);
      });
    }
  }
}
