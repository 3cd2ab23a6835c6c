import type { RuleId } from '../../src/config/policy-rules';

/** Stands for a value that is taken away. */
export const gone = Symbol('gone');

/** A rule, and the path that it then names where that is not the path of the change. */
type Broken = RuleId | readonly [rule: RuleId, path: string];

/** The path of a change, the new value, and every rule that it breaks: no other may be broken. */
type Row = readonly [path: string | readonly string[], value: unknown, ...broken: readonly Broken[]];

/** A change of one value of the compliant fixture, and what the policy must say of it. */
export interface Break {
  /** The resource that is changed. */
  readonly address: string;
  readonly path: readonly string[];
  readonly value: unknown;
  /** By rule, the path that it names. */
  readonly broken: Readonly<Record<string, string>>;
}

/** The changes of one resource. */
export function breaksOf(address: string, rows: readonly Row[]): Break[] {
  return rows.map(([path, value, ...broken]) => {
    const parts = typeof path === 'string' ? path.split('.') : path;
    const named = broken.map((one) =>
      typeof one === 'string' ? ([one, parts.join('.')] as const) : ([one[0], one[1]] as const),
    );
    return { address, path: parts, value, broken: Object.fromEntries(named) };
  });
}
