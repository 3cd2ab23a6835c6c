import { Addresses } from '../../sets/addresses';
import type { AccessChange } from '../types';

/** What access is given to. */
export interface Target {
  /** The same for the same thing, whatever it is called in the output. */
  readonly key: string;
  /** What a reader finds it by: its name, and the addresses that stand for it. */
  readonly shown: string;
}

/** One thing that somebody may do. */
export interface Permit {
  readonly target: Target;
  /** Who: a name, or the addresses that somebody comes from. */
  readonly principal: string | Addresses;
  /** What: a right, a port, a way in; beginning with `out` for what goes the other way. */
  readonly what: string;
}

export type Verdict = AccessChange['verdict'];

/** What is gained and what is lost, as one word; undefined where neither is. */
export function verdictOf(gains: boolean, loses: boolean): Exclude<Verdict, 'unknown'> | undefined {
  if (gains) return loses ? 'mixed' : 'broadened';
  return loses ? 'narrowed' : undefined;
}

/**
 * Compares two sets of permits: a row for everybody who may do more, less or something else than before, on each thing.
 * How a permit is written does not count, and neither does how often it is given.
 */
export function comparePermits(before: readonly Permit[], after: readonly Permit[]): AccessChange[] {
  return [...compareNamed(before, after), ...compareAddresses(before, after)];
}

interface Sides<T> {
  readonly target: Target;
  readonly principal: string;
  readonly before: T;
  readonly after: T;
}

function compareNamed(before: readonly Permit[], after: readonly Permit[]): AccessChange[] {
  const groups = new Map<string, Sides<Set<string>>>();
  const add = (permits: readonly Permit[], side: 'before' | 'after') => {
    for (const { target, principal, what } of permits) {
      if (typeof principal !== 'string') continue;
      const key = `${target.key}\n${principal}`;
      const group = groups.get(key) ?? {
        target,
        principal,
        before: new Set<string>(),
        after: new Set<string>(),
      };
      groups.set(key, { ...group, target });
      group[side].add(what);
    }
  };
  add(before, 'before');
  add(after, 'after');
  return [...groups.values()].flatMap(({ target, principal, before: old, after: now }) => {
    const gains = [...now].some((what) => !old.has(what));
    const loses = [...old].some((what) => !now.has(what));
    const verdict = verdictOf(gains, loses);
    if (verdict === undefined) return [];
    return [{ principal, resource: target.shown, verdict, before: [...old].sort(), after: [...now].sort() }];
  });
}

type Ranges = Map<string, Addresses>;

function compareAddresses(before: readonly Permit[], after: readonly Permit[]): AccessChange[] {
  const groups = new Map<string, Sides<Ranges>>();
  const add = (permits: readonly Permit[], side: 'before' | 'after') => {
    for (const { target, principal, what } of permits) {
      if (typeof principal === 'string') continue;
      const group = groups.get(target.key) ?? {
        target,
        principal: '',
        before: new Map<string, Addresses>(),
        after: new Map<string, Addresses>(),
      };
      groups.set(target.key, { ...group, target });
      group[side].set(what, group[side].get(what)?.union(principal) ?? principal);
    }
  };
  add(before, 'before');
  add(after, 'after');
  const none = Addresses.of([]);
  return [...groups.values()].flatMap(({ target, before: old, after: now }) => {
    let [gained, lost] = [none, none];
    for (const what of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(what) ?? none, now.get(what) ?? none];
      gained = gained.union(is.minus(was));
      lost = lost.union(was.minus(is));
    }
    const verdict = verdictOf(!gained.isEmpty, !lost.isEmpty);
    if (verdict === undefined) return [];
    return [
      {
        principal: rangesText(gained.isEmpty ? lost : gained),
        resource: target.shown,
        verdict,
        before: told(old),
        after: told(now),
      },
    ];
  });
}

function told(ranges: Ranges): string[] {
  return [...ranges]
    .filter(([, addresses]) => !addresses.isEmpty)
    .map(([what, addresses]) => `${what} ${what.startsWith('out ') ? 'to' : 'from'} ${rangesText(addresses)}`)
    .sort();
}

/** More ranges than this say less than their number. */
const manyRanges = 8;

/** Addresses as people write them. */
export function rangesText(addresses: Addresses): string {
  const ranges = addresses.toRanges();
  const some = ranges.slice(0, manyRanges).join(', ');
  return ranges.length > manyRanges ? `${some} and ${String(ranges.length - manyRanges)} more` : some;
}
