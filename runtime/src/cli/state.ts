import { randomUuid } from '../uuid';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Problem } from '../problem';
import { thisHolder } from '../state/holder';
import { openStateStore } from '../state/open';
import {
  currentState,
  type Lease,
  mergeState,
  noState,
  singerKey,
  type StateStore,
  type StoredState,
} from '../state/store';
import { JsonError, parseJson } from '../value/json-parse';
import { printCompactJson, printJson } from '../value/json-print';
import { type Dict, isDict, isTruthy } from '../value/value';
import type { Host } from './host';
import { openProject } from './open';
import { type ProjectFlags, withProjectFlags } from './options';

/** `tapline-run state`: get, set, clear, list, merge. */
export function addState(program: Command, host: Host): void {
  const state = program.command('state').description('read and write the states of pipelines');
  const add = (name: string, description: string): Command =>
    withProjectFlags(state.command(name).description(description));

  add('list', 'the ids of the stored states')
    .option('--pattern <pattern>', 'only ids that match, with *')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<ProjectFlags & { pattern?: string }>();
      await withStore(host, options, async (store) => {
        for (const id of await store.list(options.pattern)) host.out(`${id}\n`);
      });
    });

  add('get', 'print a state')
    .argument('<id>')
    .option('--format <format>', 'json or pretty', 'json')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ProjectFlags & { format: string }>();
      await withStore(host, options, async (store) => {
        const stored = (await store.get(id)) ?? noState;
        const merged = mergeState(stored.partial, stored.completed);
        host.out(`${options.format === 'pretty' ? printJson(merged, 2) : printCompactJson(merged)}\n`);
      });
    });

  add('set', 'replace a state')
    .argument('<id>')
    .argument('[state]', `{"${singerKey}": …}`)
    .option('--input-file <file>', 'read the state from a file')
    .option('--no-validate', 'take any JSON object')
    .option('--force', 'do not ask')
    .action(async (id: string, text: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SetOptions>();
      const given = readState(text, options.inputFile, options.validate);
      await mustBeSure(host, options.force, `This replaces the state of '${id}'.`);
      await change(host, options, id, () => ({ completed: given, partial: new Map() }));
    });

  add('merge', 'lay a state over the one that is stored')
    .argument('<id>')
    .argument('[state]', `{"${singerKey}": …}`)
    .option('--input-file <file>', 'read the state from a file')
    .option('--from-state-id <other>', 'merge the state of another id')
    .action(async (id: string, text: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<MergeOptions>();
      const { fromStateId } = options;
      if (fromStateId !== undefined && (text !== undefined || options.inputFile !== undefined))
        throw onlyOne();
      const given = fromStateId === undefined ? readState(text, options.inputFile, true) : undefined;
      await change(host, options, id, async (stored, store) => {
        const other = given ?? (await stateOf(store, fromStateId ?? ''));
        return { completed: stored.completed, partial: mergeState(other, stored.partial) };
      });
    });

  add('clear', 'remove a state')
    .argument('<id>')
    .option('--force', 'do not ask')
    .action(async (id: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<ProjectFlags & { force?: boolean }>();
      await mustBeSure(host, options.force, `This removes the state of '${id}'.`);
      await withLease(host, options, id, (lease) => lease.clear());
    });
}

interface SetOptions extends ProjectFlags {
  readonly inputFile?: string;
  readonly validate: boolean;
  readonly force?: boolean;
}

interface MergeOptions extends ProjectFlags {
  readonly inputFile?: string;
  readonly fromStateId?: string;
}

async function stateOf(store: StateStore, id: string): Promise<Dict> {
  const stored = await store.get(id);
  const state = stored && currentState(stored);
  if (!isTruthy(state))
    throw new Problem(`there is no state '${id}'`, { fix: 'See `tapline-run state list`.' });
  return new Map([[singerKey, state ?? null]]);
}

async function withStore(
  host: Host,
  flags: ProjectFlags,
  action: (store: StateStore) => Promise<void>,
): Promise<void> {
  const { project, cwd } = openProject(host, flags, false);
  const store = await openStateStore(project, cwd);
  try {
    await action(store);
  } finally {
    await store.close();
  }
}

/** Changes a state under its lease, so that no run is in between. */
async function change(
  host: Host,
  flags: ProjectFlags,
  id: string,
  next: (stored: StoredState, store: StateStore) => StoredState | Promise<StoredState>,
): Promise<void> {
  await withLease(host, flags, id, async (lease, store) => {
    await lease.write(await next(lease.state ?? noState, store));
  });
}

async function withLease(
  host: Host,
  flags: ProjectFlags,
  id: string,
  action: (lease: Lease, store: StateStore) => Promise<void>,
): Promise<void> {
  await withStore(host, flags, async (store) => {
    const lease = await store.acquire(id, thisHolder(randomUuid()), { force: false });
    let success = false;
    try {
      await action(lease, store);
      success = true;
    } finally {
      await lease.release({ success });
    }
  });
}

function readState(text: string | undefined, file: string | undefined, validate: boolean): Dict {
  if ((text === undefined) === (file === undefined)) throw onlyOne();
  try {
    const value = parseJson(text ?? readFileSync(file ?? '', 'utf8'));
    if (!isDict(value)) throw new Problem('the state is no JSON object');
    if (validate && !value.has(singerKey)) {
      throw new Problem(`the state has no '${singerKey}' at its top`, {
        fix: 'Give --no-validate to store it all the same.',
      });
    }
    return value;
  } catch (error) {
    if (error instanceof JsonError) throw new Problem(`the state is no JSON: ${error.message}`);
    throw error;
  }
}

function onlyOne(): Problem {
  return new Problem('exactly one state has to be given', { fix: 'Give it as an argument or by a file.' });
}

async function mustBeSure(host: Host, force: boolean | undefined, what: string): Promise<void> {
  if (force === true) return;
  const answer = await host.ask?.(`${what} Continue? [y/N] `);
  if (!/^y(es)?$/i.test((answer ?? '').trim()))
    throw new Problem(`${what} Nobody said yes`, { fix: 'Give --force.' });
}
