import type { Tree } from '../../types';
import { textAt, textsIn, treeAt, treesIn } from './objects';

/** A value that no selector names. */
const anyOther = 'any-other-value';

/** More samples than this of one selector show nothing new. */
const maxSamples = 32;

/** Sets of labels that a selector chooses: one for each way in which it can. */
export function samplesOf(selector: unknown): readonly Tree[] {
  const base = treeAt(selector, 'matchLabels');
  let samples: Tree[] = [base];
  for (const expression of treesIn(treeAt({ selector }, 'selector').matchExpressions)) {
    const [key, operator] = [textAt(expression, 'key'), textAt(expression, 'operator')];
    const values = textsIn(expression.values);
    const choices: readonly (string | undefined)[] =
      operator === 'In'
        ? values
        : operator === 'Exists'
          ? [anyOther]
          : operator === 'NotIn'
            ? [undefined, anyOther]
            : [undefined];
    samples = samples.flatMap((labels) =>
      key in labels
        ? [labels]
        : choices.map((value) => (value === undefined ? labels : { ...labels, [key]: value })),
    );
  }
  return samples.slice(0, maxSamples);
}

/** Sets of labels that a selector just does not choose: each value that it keeps out, and none. */
export function strangersOf(selector: unknown): readonly Tree[] {
  return treesIn(treeAt({ selector }, 'selector').matchExpressions).flatMap((expression) => {
    const [key, operator] = [textAt(expression, 'key'), textAt(expression, 'operator')];
    if (operator === 'NotIn') return textsIn(expression.values).map((value) => ({ [key]: value }));
    return operator === 'DoesNotExist' ? [{ [key]: anyOther }] : [];
  });
}

/** Labels as people write them. */
export function labelsText(labels: Tree): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value === anyOther ? '(any other)' : String(value)}`)
    .sort()
    .join(', ');
}
