import { canonical } from '../equal';
import { compareArguments } from './compare';
import type { Resource } from './evaluate';
import { identityOf, isNamed } from './identity';
import { factsOf } from './provider-facts';
import type { Moved } from './stack';

/** A resource of before and after; one of them is missing where it comes or goes. */
export interface Pair {
  readonly before: Resource | undefined;
  readonly after: Resource | undefined;
  /** How the two found each other. */
  readonly by: 'address' | 'moved' | 'likeness';
  /** Stack that it was in before, where that is another. */
  readonly fromStack?: string | null;
}

/** Pairs the resources of one stack by address, and through its `moved` blocks. */
export function pairByAddress(
  before: readonly Resource[],
  after: readonly Resource[],
  moved: readonly Moved[],
): Pair[] {
  const old = new Map(before.map((resource) => [resource.address, resource]));
  const pairs: Pair[] = [];
  const origins = originsOf(moved);
  const taken = new Set<string>();
  const heads = new Set(after.map(({ address }) => address));
  for (const resource of after) {
    const same = old.get(resource.address);
    const from = same === undefined ? originOf(resource.address, origins, old, heads) : resource.address;
    const previous = same ?? (from === undefined ? undefined : old.get(from));
    if (previous !== undefined) taken.add(previous.address);
    pairs.push({
      before: previous,
      after: resource,
      by: previous === undefined || same !== undefined ? 'address' : 'moved',
    });
  }
  const gone = before.filter(({ address }) => !taken.has(address));
  return [
    ...pairs.map((pair) => fromModule(pair, moved)),
    ...gone.map((resource) => intoModule(resource, moved)),
  ];
}

/** What a `moved` block takes into a module lives on there, as far as can be seen from outside. */
function intoModule(resource: Resource, moved: readonly Moved[]): Pair {
  const to = moved.find(({ from, to }) => from === resource.address && to.startsWith('module.'))?.to;
  return to === undefined
    ? { before: resource, after: undefined, by: 'address' }
    : { before: resource, after: { ...resource, address: to }, by: 'moved' };
}

function fromModule(pair: Pair, moved: readonly Moved[]): Pair {
  const { before, after } = pair;
  if (before !== undefined || after === undefined) return pair;
  const from = moved.find(({ from, to }) => to === after.address && from.startsWith('module.'))?.from;
  return from === undefined ? pair : { before: { ...after, address: from }, after, by: 'moved' };
}

/** Addresses by where they came from; chains of moves are followed to their start. */
function originsOf(moved: readonly Moved[]): ReadonlyMap<string, readonly string[]> {
  const origins = new Map<string, string[]>();
  for (const { from, to } of moved) origins.set(to, [...(origins.get(to) ?? []), from]);
  return origins;
}

function originOf(
  address: string,
  origins: ReadonlyMap<string, readonly string[]>,
  old: ReadonlyMap<string, Resource>,
  heads: ReadonlySet<string>,
): string | undefined {
  const [bare = '', instance = ''] = /^([^[]*)(\[.*)?$/.exec(address)?.slice(1) ?? [];
  const seen = new Set<string>();
  for (let wave = [address, bare]; wave.length > 0;) {
    const next: string[] = [];
    for (const from of wave.flatMap((one) => origins.get(one) ?? [])) {
      if (seen.has(from)) continue;
      seen.add(from);
      const found = [from, `${from}${instance}`].find((one) => old.has(one) && !heads.has(one));
      if (found !== undefined) return found;
      next.push(from);
    }
    wave = next;
  }
  return undefined;
}

/** What came and went of a stack, still without a partner. */
export interface Loose {
  readonly stack: string | null;
  readonly resource: Resource;
}

/**
 * Finds what was renamed or taken to another stack without a `moved` block: the same thing by its identity, or, where
 * nothing names it, the only one with the same arguments. Something else with the same look is no move.
 */
export function pairByLikeness(
  gone: readonly Loose[],
  come: readonly Loose[],
): { readonly from: Loose; readonly to: Loose }[] {
  const pairs: { from: Loose; to: Loose }[] = [];
  const byIdentity = groupBy(gone, keyOf);
  const wanted = groupBy(come, keyOf);
  for (const [key, candidates] of wanted) {
    const old = byIdentity.get(key) ?? [];
    if (old.length === 0) continue;
    // Several that nothing tells apart: each goes to its likest, in its own stack first.
    const free = new Set(old);
    for (const to of candidates) {
      const [best] = [...free].sort((a, b) => distance(a, to) - distance(b, to));
      if (best === undefined) break;
      free.delete(best);
      pairs.push({ from: best, to });
    }
  }
  return pairs;
}

function keyOf({ resource }: Loose): string {
  return isNamed(resource)
    ? identityOf(resource)
    : `${resource.type} ${canonical(resource.values).replace(/\$\{\s*[\w-]+\.[\w-]+\./g, '${')}`;
}

function distance(from: Loose, to: Loose): number {
  const differences = compareArguments(from.resource.values, to.resource.values, factsOf(to.resource.type));
  return differences.length * 2 + (from.stack === to.stack ? 0 : 1);
}

function groupBy(all: readonly Loose[], key: (one: Loose) => string): Map<string, Loose[]> {
  const groups = new Map<string, Loose[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}
