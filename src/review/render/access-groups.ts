import type { AccessChange } from '../types';

/** Changes of access that a person reads as one: the same rights of one principal on many things, or of many on one. */
export interface AccessGroup {
  /** The first of them. */
  readonly lead: AccessChange;
  readonly members: readonly AccessChange[];
}

/** Who gains before who loses. */
const verdicts: readonly AccessChange['verdict'][] = ['broadened', 'mixed', 'unknown', 'narrowed'];

export function accessGroups(access: readonly AccessChange[]): readonly AccessGroup[] {
  const sorted = [...access].sort(
    (one, other) => verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict),
  );
  const byPrincipal = grouped(sorted, ({ principal }) => principal);
  const alone = byPrincipal.flatMap((members) => (members.length === 1 ? members : []));
  const byResource = new Map(
    grouped(alone, ({ resource }) => resource).map((members) => [members[0], members] as const),
  );
  return byPrincipal.flatMap((members) => {
    const [lead] = members;
    const all = members.length > 1 ? members : byResource.get(lead);
    return lead === undefined || all === undefined ? [] : [{ lead, members: all }];
  });
}

/** What one has that the other does not; whole values where they are no lists. */
export function accessValues({ before, after }: AccessChange): {
  readonly gone: readonly unknown[];
  readonly come: readonly unknown[];
} {
  const [old, now] = [listOf(before), listOf(after)];
  const lacks = (list: readonly unknown[]) => (item: unknown) => !list.includes(item);
  return { gone: old.filter(lacks(now)), come: now.filter(lacks(old)) };
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

function grouped(
  rows: readonly AccessChange[],
  keyOf: (row: AccessChange) => string,
): readonly (readonly AccessChange[])[] {
  const groups = new Map<string, AccessChange[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.verdict, row.before, row.after, keyOf(row)]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()];
}
