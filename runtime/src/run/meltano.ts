import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { type PluginLine, readPluginLine } from '../log/plugin-lines';
import { exitCode, Problem } from '../problem';
import { thisHolder } from '../state/holder';
import { type Lease, type Outcome, renewSeconds } from '../state/store';
import { StoreAway } from '../state/away';
import { JsonError, parseJson } from '../value/json-parse';
import { isDict } from '../value/value';
import type { RunContext } from './context';
import { Lines } from './lines';
import { Meter } from './meter';
import { planRun } from './plan';
import { maskSecrets } from './prepare';
import type { BlockResult, RunResult } from './result';
import { tell } from './runner';
import { stateIdOf } from './state-id';
import { describeStop } from './stop';

/** How a process of Meltano ended. */
interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A line of Meltano's log: what a plugin said in it, or Meltano itself. */
interface MeltanoLine extends PluginLine {
  readonly plugin: string;
}

/**
 * Runs the tasks by `meltano run`, for what this program does not do itself: under the same leases, with the same log,
 * metrics and result, and with Meltano's own exit code.
 *
 * The states are read and written by Meltano.
 */
export async function runByMeltano(context: RunContext, tasks: readonly string[]): Promise<RunResult> {
  const startedAt = new Date();
  const name = tasks.join(' ');
  const meter = new Meter();
  let ending: Ending | undefined;
  let reason: string | undefined;
  context.live.began(name, () => figuresOf(meter));
  const held: Lease[] = [];
  let stateId: string | undefined;
  try {
    const { taps, ids } = understand(context, tasks);
    stateId = ids.size === 1 ? [...ids][0] : undefined;
    if (!context.options.noStateUpdate) {
      const store = await context.store();
      for (const id of ids) {
        const options = { force: context.options.force, forMeltano: true };
        held.push(await store.acquire(id, thisHolder(context.id), options));
      }
    }
    const heart = setInterval(() => void renew(context, held), renewSeconds * 1000);
    try {
      ending = await superviseMeltano(context, tasks, (line) => {
        if (line.metric && taps.has(line.plugin)) meter.take(line.metric);
        context.log.line(line.level, line.message, { plugin: line.plugin });
      });
    } finally {
      clearInterval(heart);
    }
    if (ending.code !== 0) reason = `meltano ended with ${ending.signal ?? `exit code ${ending.code ?? 1}`}`;
    if (context.stop.reason !== undefined) reason = describeStop(context.stop.reason);
  } catch (error) {
    if (!(error instanceof Problem || error instanceof StoreAway)) throw error;
    reason =
      error instanceof Problem && error.fix !== undefined ? `${error.message}. ${error.fix}` : error.message;
  }
  await release(context, held, { success: reason === undefined, error: reason });
  const block: BlockResult = {
    type: 'meltano',
    name,
    engine: 'meltano',
    success: reason === undefined,
    reason,
    durationSeconds: (Date.now() - startedAt.getTime()) / 1000,
    endings: ending ? { meltano: ending } : {},
    ...figuresOf(meter),
    stateId,
    statesReceived: null,
    stateWrites: null,
  };
  tell(context, block);
  context.live.ended(block);
  const code = codeOf(context, ending, reason);
  return {
    runId: context.id,
    engine: 'meltano',
    exitCode: code,
    reason,
    startedAt,
    endedAt: new Date(),
    blocks: [block],
  };
}

/** The taps, whose counts are the rows, and the states that the run will write. */
function understand(
  context: RunContext,
  tasks: readonly string[],
): { taps: ReadonlySet<string>; ids: ReadonlySet<string> } {
  const taps = new Set<string>();
  const ids = new Set<string>();
  for (const block of planRun(context.project, tasks)) {
    for (const settings of block.kind === 'command' ? [block.settings] : block.members) {
      maskSecrets(context, settings);
    }
    if (block.kind === 'command') continue;
    ids.add(stateIdOf(context.project, block, context.options.stateIdSuffix));
    taps.add(block.members[0]?.plugin.name ?? '');
  }
  return { taps, ids };
}

async function renew(context: RunContext, held: readonly Lease[]): Promise<void> {
  for (const lease of held) {
    try {
      await lease.renew();
    } catch (error) {
      context.log.warning(`the lease was not renewed: ${(error as Error).message}`);
      if (!(error instanceof StoreAway)) context.stop.request('state');
    }
  }
}

async function release(context: RunContext, held: readonly Lease[], outcome: Outcome): Promise<void> {
  for (const lease of held) {
    await lease.release(outcome).catch((error: unknown) => {
      context.log.warning(`the lease was not given back, and ends by itself: ${(error as Error).message}`);
    });
  }
}

async function superviseMeltano(
  context: RunContext,
  tasks: readonly string[],
  take: (line: MeltanoLine) => void,
): Promise<Ending> {
  const { shell } = context.project;
  const program =
    shell.TAPLINE_MELTANO === undefined || shell.TAPLINE_MELTANO === '' ? 'meltano' : shell.TAPLINE_MELTANO;
  // A group of its own: what Meltano leaves behind can be ended with it.
  const child = spawn(program, argumentsFor(context, tasks), {
    cwd: context.cwd,
    env: shell,
    stdio: ['inherit', 'pipe', 'pipe'],
    detached: true,
  });
  const lines = [child.stdout, child.stderr].map((stream) => {
    const split = new Lines((text) => {
      take(readMeltanoLine(text));
    });
    stream.on('data', (chunk: Buffer) => {
      split.write(chunk);
    });
    return split;
  });
  const grace = Number(shell.TAPLINE_GRACE_SECONDS) > 0 ? Number(shell.TAPLINE_GRACE_SECONDS) : 20;
  let killing: NodeJS.Timeout | undefined;
  const unlisten = context.stop.listen(() => {
    // Meltano itself tells its plugins.
    child.kill('SIGTERM');
    killing = setTimeout(() => {
      endGroup(child);
    }, grace * 1000);
  });
  try {
    return await new Promise<Ending>((done, fail) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'ENOENT' ? 'there is no such program' : error.message;
        fail(
          new Problem(`meltano could not be started: ${program}: ${why}`, {
            fix: 'Install it, put it on PATH or name it with TAPLINE_MELTANO.',
          }),
        );
      });
      child.once('exit', () => {
        endGroup(child);
      });
      child.once('close', (code, signal) => {
        done({ code, signal });
      });
    });
  } finally {
    clearTimeout(killing);
    unlisten();
    for (const split of lines) split.end();
  }
}

function argumentsFor({ project, options, id }: RunContext, tasks: readonly string[]): string[] {
  const { environment } = project;
  return [
    ...['--log-format', 'json'],
    ...(environment ? ['--environment', environment.name] : []),
    ...['run', '--no-install', '--run-id', id, '--state-strategy', options.stateStrategy],
    ...(options.fullRefresh ? ['--full-refresh'] : []),
    ...(options.refreshCatalog ? ['--refresh-catalog'] : []),
    ...(options.noStateUpdate ? ['--no-state-update'] : []),
    ...(options.force ? ['--force'] : []),
    ...(options.stateIdSuffix === undefined ? [] : ['--state-id-suffix', options.stateIdSuffix]),
    ...tasks,
  ];
}

/** Reads a line of Meltano's JSON log; what a plugin said is in it as it said it. */
export function readMeltanoLine(text: string): MeltanoLine {
  let value;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  if (!isDict(value)) return { ...readPluginLine(text), plugin: 'meltano' };
  const { level, message } = readPluginLine(text);
  const plugin = value.get('string_id') ?? value.get('name');
  const said = readPluginLine(message);
  return {
    level: said.level === 'info' ? level : said.level,
    message: said.message,
    metric: said.metric ?? readPluginLine(text).metric,
    plugin: typeof plugin === 'string' && value.has('stdio') ? plugin : 'meltano',
  };
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // There is nothing left.
  }
}

function figuresOf({ rows, streams }: Meter): Pick<BlockResult, 'rows' | 'bytes' | 'streams'> {
  // What Meltano passes on, only Meltano sees.
  return { rows, bytes: null, streams };
}

function codeOf(context: RunContext, ending: Ending | undefined, reason: string | undefined): number {
  if (context.stop.reason === 'SIGTERM') return exitCode.terminated;
  if (context.stop.reason !== undefined) return exitCode.failed;
  if (reason === undefined) return exitCode.fine;
  if (!ending) return exitCode.failed;
  return ending.code ?? 128 + (ending.signal === null ? 0 : constants.signals[ending.signal]);
}
