import type { Context } from './context';
import { rules as allRules } from './rules';
import type { Resource, Rule, RuleText, Severity, Violation } from './types';

/** One violation, where it is. */
export interface Finding extends Violation {
  readonly rule: RuleText;
  readonly resource: Resource;
}

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** Holds everything to every rule. What is worst comes first, then by rule, unit, address and path. */
export function evaluate(context: Context, rules: readonly Rule[] = allRules): Finding[] {
  const found: Finding[] = [];
  const ofType = new Map<string, Rule[]>();
  for (const resource of context.resources) {
    let asked = ofType.get(resource.type);
    if (asked === undefined) {
      asked = rules.filter(({ types }) => types?.includes(resource.type) ?? true);
      ofType.set(resource.type, asked);
    }
    for (const rule of asked) {
      const verdict = rule.checks(resource, context);
      if (verdict.outcome !== 'non-compliant') continue;
      found.push(...verdict.violations.map((violation) => ({ ...violation, rule, resource })));
    }
  }
  return found.sort(
    (a, b) =>
      order.indexOf(a.rule.severity) - order.indexOf(b.rule.severity) ||
      compare(a.rule.id, b.rule.id) ||
      compare(a.resource.unit, b.resource.unit) ||
      compare(a.resource.address, b.resource.address) ||
      compare(a.path, b.path),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
