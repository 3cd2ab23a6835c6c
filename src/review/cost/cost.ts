import { evaluate, type Resource } from '../terraform/evaluate';
import type { Stack } from '../terraform/stack';
import type { Cost } from '../types';
import { priceOf, type Range } from './price';
import type { PriceTable } from './prices';

/** What both sides cost a month, everything together: what changed and what did not. */
export function costOf(before: readonly Stack[], after: readonly Stack[], prices: PriceTable): Cost {
  const [old, now] = [sum(before, prices), sum(after, prices)];
  return {
    monthly: { before: old.range, after: now.range },
    currency: 'USD',
    unpriced: [...new Set([...now.unpriced, ...old.unpriced])].sort(),
  };
}

function sum(
  stacks: readonly Stack[],
  prices: PriceTable,
): { readonly range: Range; readonly unpriced: readonly string[] } {
  let [low, high] = [0, 0];
  const unpriced: string[] = [];
  for (const resource of stacks.flatMap((stack) => evaluate(stack))) {
    const found = priceOf(resource, prices);
    const price = found !== undefined && hasManyByAnUnknown(resource) ? 'unpriced' : found;
    if (price === 'unpriced') unpriced.push(resource.address);
    else if (price !== undefined) {
      low += price[0];
      high += price[1];
    }
  }
  return { range: [cents(low), cents(high)], unpriced };
}

/** How many there are only a plan knows. */
function hasManyByAnUnknown({ body, address }: Resource): boolean {
  return (body.count !== undefined || body.for_each !== undefined) && !address.endsWith(']');
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
