import { textOf } from '../../equal';
import type { Resource } from '../../terraform/evaluate';
import { factsOf } from '../../terraform/provider-facts';
import { isTree, type Tree } from '../../types';

/** A resource with what access depends on: its arguments, and where the provider puts it if it does not say. */
export interface Thing {
  readonly stack: string | null;
  readonly type: string;
  readonly address: string;
  readonly values: Tree;
}

/** One state of everything that stands in Terraform. */
export class Things {
  private readonly byType = new Map<string, Thing[]>();

  constructor(readonly all: readonly Thing[]) {
    for (const thing of all) {
      const list = this.byType.get(thing.type);
      if (list === undefined) this.byType.set(thing.type, [thing]);
      else list.push(thing);
    }
  }

  of(type: string): readonly Thing[] {
    return this.byType.get(type) ?? [];
  }

  /** What a value names: by a reference, or by its name or the last part of its link. */
  named(type: string, value: unknown): Thing | undefined {
    const name = keyOf(value);
    return this.of(type).find(
      ({ address, values }) => address === name || (values.name !== undefined && keyOf(values.name) === name),
    );
  }
}

const places = ['project', 'region', 'zone'];

/**
 * A resource as access sees it.
 * @param renames addresses that became others: a reference to what only moved is the same reference
 */
export function thingOf(
  resource: Resource,
  stack: string | null,
  renames: ReadonlyMap<string, string>,
): Thing {
  const { type, defaults } = resource;
  const facts = factsOf(type);
  const own = Object.fromEntries(
    Object.entries(defaults).filter(([place]) => places.includes(place) && facts?.has(place) === true),
  );
  const values = renamed({ ...own, ...resource.known() }, renames) as Tree;
  return { stack, type, address: resource.address, values };
}

function renamed(value: unknown, renames: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.includes('${') ? withoutForm(value, renames) : value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, renames));
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, renames)]));
}

/** References by the new addresses; what names a service account does so by its e-mail. */
function withoutForm(text: string, renames: ReadonlyMap<string, string>): string {
  const moved =
    renames.size === 0
      ? text
      : text.replace(
          /\b([a-z][a-z0-9]*_\w+\.[\w-]+)(?=[.[}])/g,
          (address) => renames.get(address) ?? address,
        );
  return moved.replace(
    /^\$\{(google_service_account\.[\w-]+(?:\[[^\]]*\])?)\.member\}$/,
    'serviceAccount:${$1.email}',
  );
}

/** What a value names, whichever way it does: the address behind a reference, or the last part of a path or a link. */
export function keyOf(value: unknown): string {
  const text = textOf(value);
  const [, address] = /^\$\{\s*([a-z]\w*_\w+\.[\w-]+(?:\[[^\]]*\])?)(?:\.[\w.]+)?\s*\}$/.exec(text) ?? [];
  if (address !== undefined) return address;
  const last = text.replace(/\/+$/, '').replace(/^.*\//s, '');
  // A part of an expression is no name.
  return /^[^$]*\}/.test(last) ? text : last;
}

/** A name in full: the parts of a path that do not say where it is. */
export function nameIn(value: unknown): string {
  const text = textOf(value);
  if (!/^(https:|projects\/|folders\/|organizations\/|\/\/)/.test(text) || !text.includes('/')) {
    return /^[^/]*$|^\$\{[^}]*\}$/.test(text) ? keyOf(text) : text.replace(/^b\//, '');
  }
  const parts = text.replace(/^https:\/\/[^/]+\/(compute\/)?\w+\//, '').split('/');
  const names = parts.filter(
    (_, index) => index % 2 === 1 && !isPlace(parts[index - 1] ?? '') && parts[index - 1] !== 'global',
  );
  return names.length === 0 ? keyOf(text) : names.join('/');
}

function isPlace(kind: string): boolean {
  return /^(projects|regions|zones|locations|folders|organizations)$/.test(kind);
}

/** `projects/p/regions/r/subnetworks/s` says where something is. */
export function placeIn(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const path = text.replace(/^https:\/\/[^/]+\/(compute\/)?\w+\//, '');
  for (const [, kind = '', name = ''] of path.matchAll(
    /\b(projects|regions|zones|locations|folders|organizations)\/([^/]+)/g,
  )) {
    // What only the environment of Terraform says is what everything else of it has too.
    if (!name.startsWith('${provider.')) found[kind.slice(0, -1)] = name;
  }
  return found;
}

/** Blocks of an argument, whether or not they stand in a list. */
export function blocks(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : isTree(value) ? [value] : [];
}

/** Texts of an argument; an expression for the whole list counts as one. */
export function texts(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  const text = typeof value === 'object' ? '' : textOf(value);
  return text === '' ? [] : [text];
}

/** What stands at a path with dots; the first block of a list is looked into. */
export function valueAt(values: Tree, path: string): unknown {
  let current: unknown = values;
  for (const part of path.split('.')) {
    const [first] = blocks(current);
    current = first?.[part] ?? undefined;
  }
  return current;
}
