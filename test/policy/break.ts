import type { RuleId } from '../../src/config/policy-rules';

/** Stands for a value that is taken away. */
export const gone = Symbol('gone');

/**
 * A rule, the resource of the compliant fixture that is changed, the path of the change, the new value, and the path that
 * the rule then names (the same where it is left out).
 */
export type Break = readonly [
  rule: RuleId,
  address: string,
  path: string | readonly string[],
  value: unknown,
  named?: string,
];
