import type { Context } from './context';

/**
 * Something that is found out once for each output, however many resources ask for it: who was granted what, which
 * alert refers to which check. Without it, judging a hundred resources of one kind would look at ten thousand pairs.
 */
export function perContext<Found>(find: (context: Context) => Found): (context: Context) => Found {
  const found = new WeakMap<Context, Found>();
  return (context) => {
    const known = found.get(context);
    if (known !== undefined) return known;
    const now = find(context);
    found.set(context, now);
    return now;
  };
}

/** Things by a key. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
