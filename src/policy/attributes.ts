import { isTree, listOf, shown, textsOf, valueAt } from './tree';
import type { Context } from './context';
import {
  notApplicable,
  type Resource,
  type Rule,
  type RuleText,
  type TerraformResource,
  type Violation,
  verdictOf,
} from './types';

/** What may stand at a place. */
export interface Expectation {
  /** In words, for the message. */
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

/** One of these values; Terraform takes a boolean and a number as text too. */
export function oneOf(...values: readonly (string | number | boolean)[]): Expectation {
  const texts = values.map(String);
  return { wanted: texts.join(' or '), accepts: (value) => isScalar(value) && texts.includes(String(value)) };
}

export function atLeast(minimum: number): Expectation {
  return { wanted: `at least ${minimum}`, accepts: (value) => isScalar(value) && Number(value) >= minimum };
}

/** A list that holds all of these, whatever else it holds. */
export function including(...values: readonly string[]): Expectation {
  return {
    wanted: `a list with ${values.join(', ')}`,
    accepts: (value) => values.every((wanted) => textsOf(value).includes(wanted)),
  };
}

export function matching(pattern: RegExp, wanted: string): Expectation {
  return { wanted, accepts: (value) => isScalar(value) && pattern.test(String(value)) };
}

/** Anything but nothing, an empty text, an empty list and an empty map. */
export const said: Expectation = {
  wanted: 'a value',
  accepts: (value) =>
    isScalar(value)
      ? value !== ''
      : Array.isArray(value)
        ? value.length > 0
        : isTree(value) && Object.keys(value).length > 0,
};

/** Nothing at all. */
export const absent: Expectation = {
  wanted: 'nothing',
  accepts: (value) => value === undefined || value === null || (Array.isArray(value) && value.length === 0),
};

/** Either nothing, or what is accepted. */
export function orNothing(expectation: Expectation): Expectation {
  return {
    wanted: `${expectation.wanted}, or nothing`,
    accepts: (value) => value === undefined || value === null || expectation.accepts(value),
  };
}

/** What may stand at each path below a resource or a block of it. */
export type Expectations = Readonly<Record<string, Expectation>>;

interface AttributeRule extends RuleText {
  readonly types: readonly string[];
  /** Which of the resources are meant. @default - all of the types */
  readonly when?: (resource: TerraformResource, context: Context) => boolean;
  /** Block that the paths begin in; a resource without it is not judged. @default - the resource itself */
  readonly within?: string;
  readonly expects: Expectations;
}

/** A rule on the attributes of a resource of Terraform, each by itself. */
export function attributeRule({ types, when, within, expects, ...text }: AttributeRule): Rule {
  return {
    ...text,
    types,
    checks: (resource: Resource, context: Context) => {
      if (resource.kind !== 'terraform' || !types.includes(resource.type)) return notApplicable;
      if (when?.(resource, context) === false) return notApplicable;
      const blocks = within === undefined ? [resource.body] : listOf(valueAt(resource.body, within));
      const prefix = within === undefined ? '' : `${within}.`;
      if (blocks.length === 0) return notApplicable;
      return verdictOf(
        blocks.flatMap((block) =>
          violationsOf(block, expects, prefix, (value) => context.resolve(value, resource.unit)),
        ),
      );
    },
  };
}

/** What does not meet its expectation. An expression that nobody can follow here is not held against anybody. */
export function violationsOf(
  block: unknown,
  expects: Expectations,
  prefix = '',
  resolve: (value: unknown) => unknown = (value) => value,
): Violation[] {
  return Object.entries(expects).flatMap(([path, { wanted, accepts }]) => {
    const value = resolve(valueAt(block, path));
    if (accepts(value) || (typeof value === 'string' && value.includes('${'))) return [];
    return [{ path: prefix + path, found: shown(value), wanted }];
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
