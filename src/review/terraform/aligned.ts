import { isTree, type Tree } from '../types';
import type { Resource } from './evaluate';
import { factsOf } from './provider-facts';

/**
 * What both sides are, to compare: references with what they stand for put in, but not where both hold the same
 * reference, since that has not changed, whatever project the provider now has by default.
 */
export function aligned(before: Resource, after: Resource): readonly [Tree, Tree] {
  const [one, other] = align([before.values, after.values], [before.known(), after.known()]);
  return [placed(one as Tree, before, other as Tree), other as Tree];
}

/** Where a thing was put that did not say: where the provider puts things. */
function placed(values: Tree, { type, defaults }: Resource, other: Tree): Tree {
  const facts = factsOf(type);
  const own = Object.entries(defaults).filter(
    ([name]) =>
      values[name] === undefined && other[name] !== undefined && facts?.get(name)?.computed === 'also',
  );
  return own.length === 0 ? values : { ...values, ...Object.fromEntries(own) };
}

type Both = readonly [unknown, unknown];

function align(written: Both, known: Both): Both {
  const [left, right] = written;
  if (typeof left === 'string' && left === right) return written;
  if (Array.isArray(left) && Array.isArray(right)) return lists(left, right, known);
  if (!isTree(left) || !isTree(right)) return known;
  const one: Record<string, unknown> = { ...(known[0] as Tree) };
  const other: Record<string, unknown> = { ...(known[1] as Tree) };
  for (const key of Object.keys(left)) {
    if (key in right) [one[key], other[key]] = align([left[key], right[key]], [one[key], other[key]]);
  }
  return [one, other];
}

function lists(left: readonly unknown[], right: readonly unknown[], [one, other]: Both): Both {
  if (!Array.isArray(one) || !Array.isArray(other)) return [one, other];
  const pairs = left.map((item, index) =>
    index < right.length
      ? align([item, right[index]], [one[index], other[index]])
      : ([(one as readonly unknown[])[index], undefined] as const),
  );
  return [
    pairs.map(([item]) => item),
    [
      ...pairs.slice(0, right.length).map(([, item]) => item),
      ...(other as readonly unknown[]).slice(left.length),
    ],
  ];
}
