import type { Tree } from '../../types';
import type { Difference } from '../compare';

/** What a rule makes of a change that the provider judges in code. */
export interface Decision {
  /** Attributes that force a replacement, dotted. */
  readonly forces?: readonly string[];
  /** Attributes of which the schema says that they force, and in this case do not. */
  readonly spares?: readonly string[];
  /** Attributes whose differences are none. */
  readonly hides?: readonly string[];
  /** Whether only a plan knows. */
  readonly unsure?: boolean;
  /** What happens, for people. */
  readonly because?: string;
}

/** One decision that the provider takes in code (its `CustomizeDiff`), where the schema alone would be wrong. */
export interface DecidedInCode {
  readonly types: readonly string[];
  /** Attributes that force as soon as their value is only known after the apply: the code takes that for nothing. */
  readonly forcedByUnknown?: readonly string[];
  readonly decide: (before: Tree, after: Tree, differences: readonly Difference[]) => Decision | undefined;
}

/** The value at a dotted path, through single blocks. */
export function at(tree: Tree, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const one: unknown = Array.isArray(value) ? value[0] : value;
    return typeof one === 'object' && one !== null ? (one as Tree)[key] : undefined;
  }, tree);
}

/** A number, where the value is one in any writing. */
export function numberAt(tree: Tree, path: string): number | undefined {
  const value = at(tree, path);
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

export function truthy(value: unknown): boolean {
  return value === true || value === 'true';
}

/** The difference of an attribute, where there is one. */
export function differs(differences: readonly Difference[], attribute: string): boolean {
  return differences.some(
    (difference) => difference.attribute === attribute || difference.attribute.startsWith(`${attribute}.`),
  );
}
