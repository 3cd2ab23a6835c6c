import { existsSync } from 'node:fs';
import { InputError } from '../../output';
import { FAILED } from '../../output';
import { readSide, review as reviewSides } from '../../review';
import { printJson } from '../json';

export interface ReviewOptions {
  readonly base: string;
  readonly head: string;
  readonly format: 'json';
  readonly detailedExitcode?: true;
}

/** Changes are there; only told where it was asked for. */
const CHANGED = 2;

/** Tells what a change from one output to another really does. */
export function review(options: ReviewOptions): void {
  for (const folder of [options.base, options.head]) {
    if (!existsSync(folder)) throw new InputError(`There is no folder ${folder}.`);
  }
  const result = reviewSides(readSide(options.base), readSide(options.head));
  printJson(result);
  if (result.diagnostics.some(({ level }) => level === 'error')) process.exitCode = FAILED;
  else if (options.detailedExitcode === true && result.changes.length > 0) process.exitCode = CHANGED;
}
