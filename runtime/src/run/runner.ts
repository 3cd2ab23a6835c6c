import { childVariables } from '../plugins/child-env';
import type { BlockResult, RunResult } from './result';
import { exitCode, Problem } from '../problem';
import { runCommand } from './command';
import type { RunContext } from './context';
import { runExtractLoad } from './extract-load';
import { type Block, planRun } from './plan';
import { stateIdOf } from './state-id';

/** Runs the tasks one after the other, and stops at the first that fails. */
export async function runTasks(context: RunContext, tasks: readonly string[]): Promise<RunResult> {
  const startedAt = new Date();
  const blocks: BlockResult[] = [];
  let reason: string | undefined;
  try {
    for (const block of plan(context, tasks)) {
      const result =
        block.kind === 'command' ? await runCommand(context, block) : await runExtractLoad(context, block);
      blocks.push(result);
      tell(context, result);
      context.live.ended(result);
      if (!result.success) {
        reason = result.reason ?? 'failed';
        break;
      }
    }
  } catch (error) {
    reason = (error as Error).message;
    context.log.error(
      error instanceof Problem && error.fix !== undefined ? `${reason}. ${error.fix}` : reason,
    );
  }
  const code = codeOf(context, reason);
  return {
    runId: context.id,
    engine: 'native',
    exitCode: code,
    reason,
    startedAt,
    endedAt: new Date(),
    blocks,
  };
}

/** What would be run, a line for each block. */
export function describePlan(context: RunContext, tasks: readonly string[]): string[] {
  return plan(context, tasks).map((block) =>
    block.kind === 'command'
      ? `command ${block.settings.plugin.name}${block.command === undefined ? '' : `:${block.command}`}`
      : `extract and load ${block.members.map(({ plugin }) => plugin.name).join(' ')}`,
  );
}

function plan(context: RunContext, tasks: readonly string[]): Block[] {
  const blocks = planRun(context.project, tasks);
  for (const block of blocks) {
    // What is wrong with a plugin's variables is told before anything is started.
    for (const settings of block.kind === 'command' ? [block.settings] : block.members) {
      childVariables(context.project, settings, {});
    }
    if (block.kind === 'extract_load' && !context.options.noStateUpdate) {
      stateIdOf(context.project, block, context.options.stateIdSuffix);
    }
  }
  return blocks;
}

function codeOf(context: RunContext, reason: string | undefined): number {
  if (context.stop.reason === 'SIGTERM') return exitCode.terminated;
  return reason === undefined && context.stop.reason === undefined ? exitCode.fine : exitCode.failed;
}

/** Logs what became of a block. */
export function tell(context: RunContext, result: BlockResult): void {
  const { name, rows, bytes, durationSeconds, statesReceived, stateWrites } = result;
  const fields = {
    block: name,
    rows,
    bytes,
    duration_seconds: Number(durationSeconds.toFixed(3)),
    states: statesReceived,
    state_writes: stateWrites,
  };
  if (result.success) context.log.info(`${name} is done`, fields);
  else context.log.error(`${name} has failed: ${result.reason ?? ''}`, fields);
}
