import type { Diagnostic } from '../types';
import type { Outcome } from './outcome';
import { followPlan, likeness, parsePlan } from './plan-file';
import type { Stack } from './stack';

/** The outcomes with each plan in the place of what was worked out for its stack. */
export function withPlans(
  outcomes: readonly Outcome[],
  files: readonly { readonly file: string; readonly text: string }[],
  stacks: readonly Stack[],
): { readonly outcomes: readonly Outcome[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const told = new Map<string | null, string>();
  let result = outcomes;
  for (const { file, text } of files) {
    const refuse = (message: string) => diagnostics.push({ level: 'error', file, line: 1, message });
    const plan = parsePlan(file, text);
    if (typeof plan === 'string') {
      refuse(plan);
      continue;
    }
    const names = [...new Set(stacks.map(({ name }) => name))];
    const counted = names
      .map((name) => {
        const own = stacks.filter((stack) => stack.name === name).flatMap(({ resources }) => resources);
        return { name, count: likeness(plan, new Set(own.map(({ address }) => address))) };
      })
      .sort((one, other) => other.count - one.count);
    const [best, next] = counted;
    if (best === undefined || (best.count === 0 && names.length > 1)) {
      refuse('none of the addresses in this plan stands in a stack of either side; it is not looked at');
      continue;
    }
    if (next?.count === best.count) {
      refuse(
        `this plan fits the stacks ${String(best.name)} and ${String(next.name)} equally well; it is not looked at`,
      );
      continue;
    }
    const other = told.get(best.name);
    if (other !== undefined) {
      refuse(
        `this plan is of the stack ${String(best.name)}, of which ${other} is already; it is not looked at`,
      );
      continue;
    }
    told.set(best.name, file);
    result = [
      ...result.filter(({ stack }) => stack !== best.name),
      ...followPlan(
        result.filter(({ stack }) => stack === best.name),
        plan,
        best.name,
      ),
    ];
  }
  return { outcomes: result, diagnostics };
}
