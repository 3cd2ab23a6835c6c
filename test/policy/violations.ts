import { type Context, rules, type Violation } from '../../src/policy';
import { resourceAt } from './fixture';

/** What a rule finds at an address. */
export function violations(id: string, context: Context, address: string): readonly Violation[] {
  const rule = rules.find((one) => one.id === id)!;
  const verdict = rule.checks(resourceAt(context, address), context);
  return verdict.outcome === 'non-compliant' ? verdict.violations : [];
}
