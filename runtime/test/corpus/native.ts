import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program';
import type { Case } from './case';
import { type CaseRecord, layOut, shellOf, type StepRecord, takeRecord, takeStep, writeFiles } from './world';

/** Runs a case with this program. */
export async function runNative(
  one: Case,
  root: string,
): Promise<{ record: CaseRecord; said: string; results: string[] }> {
  rmSync(root, { recursive: true, force: true });
  layOut(one, root);
  const steps: StepRecord[] = [];
  const results: string[] = [];
  let said = '';
  for (const [index, step] of one.steps.entries()) {
    writeFiles(root, step.files);
    const exit = await runProgram(step.args, {
      env: { ...shellOf(one, root, index), TAPLINE_RESULT_FILE: join(root, `result.${index}.json`) },
      cwd: join(root, one.cwd),
      isTerminal: false,
      out: () => undefined,
      err: (text) => (said += text),
      ask: undefined,
      onSignal: () => () => undefined,
    });
    steps.push(takeStep(root, exit));
    results.push(join(root, `result.${index}.json`));
  }
  return { record: takeRecord(root, steps), said, results };
}
