import type { RenamedKey } from '../src/model';
import type { SourceEntry } from '../src/output';

type Keys = readonly RenamedKey[];
type Json = Readonly<Record<string, unknown>>;

/** Where resources go whose keys were renamed: from the address as it was to what is at the address as it is. */
export type Moves = ReadonlyMap<string, SourceEntry>;

/**
 * Pairs what a stack holds by its former keys with what it holds by its keys as they are.
 *
 * Two belong together that have the same type, come from the same place in the file, and whose addresses differ in the
 * renamed keys alone. What has no partner, or several, stays at its address: that is always safe.
 */
export function findMoves(
  former: readonly SourceEntry[],
  current: readonly SourceEntry[],
  keys: Keys,
): Moves {
  if (keys.length === 0) return new Map();
  const open = new Map<string, Map<string, SourceEntry>>();
  for (const entry of current) {
    const id = groupOf(entry);
    open.set(id, (open.get(id) ?? new Map<string, SourceEntry>()).set(entry.address, entry));
  }
  const moved = former.filter((entry) => open.get(groupOf(entry))?.delete(entry.address) !== true);
  const moves = new Map<string, SourceEntry>();
  for (const entry of moved) {
    const group = open.get(groupOf(entry));
    const found = variants(entry.address, keys).filter((address) => group?.has(address));
    const target = found.length === 1 ? group?.get(found[0] ?? '') : undefined;
    if (target === undefined) continue;
    group?.delete(target.address);
    moves.set(entry.address, target);
  }
  return moves;
}

function groupOf({ unit, address, origin }: SourceEntry): string {
  return JSON.stringify([unit, address.slice(0, address.lastIndexOf('.')), origin]);
}

/** What an address may have become: renamed keys replaced wherever they stand as a part of the name. */
function variants(address: string, keys: Keys): string[] {
  const dot = address.lastIndexOf('.') + 1;
  let names = new Set([address.slice(dot)]);
  for (const { from, to } of keys) {
    const more = [...names].flatMap((name) => replaced(name, from, to));
    names = new Set([...names, ...more]);
  }
  return [...names].map((name) => address.slice(0, dot) + name);
}

/** The name with one occurrence of a key replaced, for each that there is, and with all of them. */
function replaced(name: string, from: string, to: string): string[] {
  const part = new RegExp(`(?<![^-_])${from}(?![^-_])`, 'g');
  const single = [...name.matchAll(part)].map(
    ({ index }) => name.slice(0, index) + to + name.slice(index + from.length),
  );
  return [...single, name.replace(part, to)];
}

/** The JSON of a stack, with its resources at their new addresses. */
export function moveResources(stack: Json, moves: Moves): Json {
  if (moves.size === 0) return stack;
  return {
    ...(readdress(stack, moves) as Json),
    ...('resource' in stack ? { resource: rename(stack.resource as Json, '', moves) } : {}),
    ...('ephemeral' in stack ? { ephemeral: rename(stack.ephemeral as Json, 'ephemeral.', moves) } : {}),
  };
}

/**
 * A `moved` block for each resource; nothing where none moved. It is no JSON because checkov cannot parse a JSON file
 * that holds them, and would then check nothing of the stack.
 *
 * @see https://developer.hashicorp.com/terraform/language/moved
 */
export function renderMoves(moves: Moves): string {
  return [...moves]
    .filter(([from]) => !from.startsWith('ephemeral.'))
    .map(([from, { address }]) => `moved {\n  from = ${from}\n  to   = ${address}\n}\n`)
    .join('\n');
}

function rename(blocks: Json, prefix: string, moves: Moves): Json {
  return Object.fromEntries(
    Object.entries(blocks).map(([type, byName]) => [
      type,
      Object.fromEntries(
        Object.entries(byName as Json).map(([name, values]) => {
          const target = moves.get(`${prefix}${type}.${name}`);
          const content = readdress(values, moves) as Json;
          if (target === undefined) return [name, content];
          const uniqueId = target.address.slice(target.address.lastIndexOf('.') + 1);
          const metadata = { path: target.construct, uniqueId };
          return [uniqueId, '//' in content ? { ...content, '//': { metadata } } : content];
        }),
      ),
    ]),
  );
}

/** Arguments whose entries are references without being expressions. */
const bareReferences = new Set(['depends_on', 'replace_triggered_by']);

/** A reference, inside an expression or as an entry of `depends_on`. */
const reference = /(?:ephemeral\.)?[a-z][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_-]*/g;

/** A copy in which everything that refers to a moved resource refers to its new address. */
function readdress(value: unknown, moves: Moves, key = ''): unknown {
  if (typeof value === 'string') {
    const one = (text: string) =>
      text.replace(reference, (address) => moves.get(address)?.address ?? address);
    return bareReferences.has(key) ? one(value) : value.replace(/\$\{.*\}/gs, one);
  }
  if (Array.isArray(value)) return value.map((item) => readdress(item, moves, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, readdress(item, moves, name)]),
  );
}
