import type { Context } from './context';
import {
  type KubernetesObject,
  notApplicable,
  type Rule,
  type RuleText,
  type Violation,
  verdictOf,
} from './types';

/** A rule on objects of some kinds. */
export function objectRule({
  kinds,
  finds,
  ...text
}: RuleText & {
  readonly kinds: readonly string[];
  readonly finds: (object: KubernetesObject, context: Context) => readonly Violation[];
}): Rule {
  return {
    ...text,
    types: kinds,
    checks: (resource, context) =>
      resource.kind === 'kubernetes' && kinds.includes(resource.type)
        ? verdictOf(finds(resource, context))
        : notApplicable,
  };
}
