import { existsSync, renameSync, writeFileSync } from 'node:fs';
import type { Log } from '../log/log';
import { exitCode } from '../problem';
import type { RunResult } from './result';

/** Where Airflow's sidecar reads what a pod returns. */
const xcomFolder = '/airflow/xcom';

/** The file for the result: the one that is named, or Airflow's where its folder is there. */
export function resultFile(named: string | undefined): string | undefined {
  if (named !== undefined && named !== '') return named;
  return existsSync(xcomFolder) ? `${xcomFolder}/return.json` : undefined;
}

/** The result of a run as JSON; its form has a version. */
export function printResult(result: RunResult, log: Log): string {
  const { runId, startedAt, endedAt, blocks } = result;
  const clean = (text: string | undefined): string | null =>
    text === undefined ? null : log.mask.clean(text);
  return JSON.stringify({
    version: 1,
    run_id: runId,
    engine: result.engine,
    status: result.exitCode === exitCode.fine ? 'success' : 'failure',
    exit_code: result.exitCode,
    reason: clean(result.reason),
    started_at: startedAt.toISOString(),
    ended_at: endedAt.toISOString(),
    duration_seconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
    blocks: blocks.map((block) => ({
      type: block.type,
      name: block.name,
      engine: block.engine,
      status: block.success ? 'success' : 'failure',
      reason: clean(block.reason),
      duration_seconds: Number(block.durationSeconds.toFixed(3)),
      endings: block.endings,
      rows: block.rows,
      bytes: block.bytes,
      streams: block.streams,
      state_id: block.stateId ?? null,
      states: block.statesReceived,
      state_writes: block.stateWrites,
    })),
  });
}

/** Writes the result at once, so that a reader never sees half of it. */
export function writeResult(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}
