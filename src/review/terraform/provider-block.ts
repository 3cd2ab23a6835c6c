import { canonical, textOf } from '../equal';
import { isTree, type Tree } from '../types';
import type { Resource } from './evaluate';
import type { Outcome } from './outcome';
import { factsOf } from './provider-facts';
import { type Stack, treesOf } from './stack';

/**
 * Another `default_labels` of the provider updates everything that carries labels, or replaces it where labels cannot
 * change; another default project or region plans nothing for what exists.
 */
export function followDefaultLabels(outcomes: readonly Outcome[], before: Stack, after: Stack): void {
  for (const outcome of outcomes) {
    const { before: old, after: now } = outcome.pair;
    if (old === undefined || now === undefined || now.lifecycle.ignore_changes === 'all') continue;
    const facts = factsOf(now.type);
    if (facts?.has('terraform_labels') !== true) continue;
    const [one, other] = [labelsOf(before, old), labelsOf(after, now)];
    if (canonical(one) === canonical(other)) continue;
    const effective = (defaults: Tree, own: unknown) => ({ ...defaults, ...(isTree(own) ? own : {}) });
    const [was, is] = [effective(one, old.known().labels), effective(other, now.known().labels)];
    if (canonical(was) === canonical(is)) {
      // What the provider gave before stands at the resource now, or the other way round: the sum is the same.
      continue;
    }
    const forces = facts.get('effective_labels')?.forcesReplacement === true;
    outcome.differences.push({
      path: 'terraform_labels',
      attribute: forces ? 'effective_labels' : 'terraform_labels',
      before: was,
      after: is,
      forces,
      sensitive: false,
      unsure: false,
    });
    outcome.reasons.push('default_labels of the provider changed');
    if (forces) {
      outcome.action = 'replace';
      outcome.forcedBy.add('effective_labels');
    } else if (outcome.action === 'none') outcome.action = 'update';
  }
}

/** The default labels of the provider that a resource names, or of the one without an alias. */
function labelsOf(stack: Stack, { body }: Resource): Tree {
  const [, alias] = /^(?:\$\{)?[\w-]+\.([\w-]+)\}?$/.exec(textOf(body.provider)) ?? [];
  const provider = treesOf(stack.providers.google).find((one) => one.alias === alias);
  const labels = provider?.default_labels;
  return isTree(labels) ? labels : {};
}
