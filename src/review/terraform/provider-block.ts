import { canonical } from '../equal';
import { isTree, type Tree } from '../types';
import { factsOf } from './provider-facts';
import type { Outcome } from './outcome';
import { type Stack, treesOf } from './stack';

/**
 * Another `default_labels` of the provider updates everything that carries labels; another default project or region
 * plans nothing for what exists.
 */
export function followDefaultLabels(outcomes: readonly Outcome[], before: Stack, after: Stack): void {
  const [one, other] = [labelsOf(before), labelsOf(after)];
  if (canonical(one) === canonical(other)) return;
  for (const outcome of outcomes) {
    const { before: old, after: now } = outcome.pair;
    if (old === undefined || now === undefined) continue;
    if (now.lifecycle.ignore_changes === 'all') continue;
    if (factsOf(now.type)?.has('terraform_labels') !== true) continue;
    const effective = (defaults: Tree, own: unknown) => ({ ...defaults, ...(isTree(own) ? own : {}) });
    const [was, is] = [effective(one, old.values.labels), effective(other, now.values.labels)];
    if (canonical(was) === canonical(is)) continue;
    outcome.differences.push({
      path: 'terraform_labels',
      attribute: 'terraform_labels',
      before: was,
      after: is,
      forces: false,
      sensitive: false,
      unsure: false,
    });
    outcome.reasons.push('default_labels of the provider changed');
    if (outcome.action === 'none') outcome.action = 'update';
  }
}

function labelsOf(stack: Stack): Tree {
  const provider = treesOf(stack.providers.google).find(({ alias }) => alias === undefined);
  return isTree(provider?.default_labels) ? provider.default_labels : {};
}
