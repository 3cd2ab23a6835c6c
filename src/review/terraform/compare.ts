import { canonical, sameScalar } from '../equal';
import { isTree, type Tree } from '../types';
import { type AttributeFacts, type ResourceFacts } from './provider-facts';
import { suppressed } from './suppress';
import { treesOf } from './stack';

/** A value of a resource that differs for the provider. */
export interface Difference {
  /** With indexes: `settings[0].tier` is written `settings.tier` where there is one block. */
  readonly path: string;
  /** Dotted, without indexes. */
  readonly attribute: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly forces: boolean;
  readonly sensitive: boolean;
  /** Whether only a plan can say that it is a difference. */
  readonly unsure: boolean;
}

/** What differs between the arguments of a resource, as the provider would see it. */
export function compareArguments(
  before: Tree,
  after: Tree,
  facts: ResourceFacts | null,
): readonly Difference[] {
  return new Comparison(facts).trees(before, after, '', '');
}

class Comparison {
  constructor(private readonly facts: ResourceFacts | null) {}

  trees(before: Tree, after: Tree, path: string, attribute: string): Difference[] {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      this.values(before[key] ?? undefined, after[key] ?? undefined, join(path, key), join(attribute, key)),
    );
  }

  private values(before: unknown, after: unknown, path: string, attribute: string): Difference[] {
    const facts = this.facts?.get(attribute);
    if (facts?.computed === 'only') return [];
    if (canonical(before) === canonical(after)) return [];
    if (facts === undefined) return this.unknown(before, after, path, attribute);
    if (facts.block) return this.blocks(before, after, path, attribute, facts);
    if (facts.type === 'map') return this.maps(before, after, path, attribute, facts);
    if (facts.type === 'list' || facts.type === 'set')
      return this.lists(before, after, path, attribute, facts);
    return this.scalars(before, after, path, attribute, facts);
  }

  /** Types that nobody described: whatever reads differently is a difference. */
  private unknown(before: unknown, after: unknown, path: string, attribute: string): Difference[] {
    const [one, other] = [onlyBlock(before), onlyBlock(after)];
    if (one !== undefined && other !== undefined) return this.trees(one, other, path, attribute);
    if (isEmpty(before) && isEmpty(after)) return [];
    if (sameScalar(before, after)) return [];
    return [{ path, attribute, before, after, forces: false, sensitive: false, unsure: false }];
  }

  private scalars(
    before: unknown,
    after: unknown,
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    // What is not set any more stays as Google has it.
    if (after === undefined && facts.computed === 'also') return [];
    const [one, other] = [effective(before, facts), effective(after, facts)];
    if (sameScalar(one, other)) return [];
    const hidden = suppressed(facts.suppress, one, other);
    if (hidden === 'hidden') return [];
    const symbolic = isSymbolic(before) || isSymbolic(after);
    if (symbolic && hidden === 'shown' && mayBeSame(one, other)) return [];
    return [
      {
        path,
        attribute,
        before,
        after,
        forces: facts.forcesReplacement,
        sensitive: facts.sensitive || facts.writeOnly,
        unsure: symbolic || hidden === 'unsure' || (before === undefined && facts.computed === 'also'),
      },
    ];
  }

  private maps(
    before: unknown,
    after: unknown,
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    if (after === undefined && facts.computed === 'also') return [];
    const common = { attribute, forces: facts.forcesReplacement, sensitive: facts.sensitive };
    if (!isTree(before ?? {}) || !isTree(after ?? {})) {
      return [{ ...common, path, before, after, unsure: true }];
    }
    const [one, other] = [(before ?? {}) as Tree, (after ?? {}) as Tree];
    return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
      sameScalar(one[key], other[key])
        ? []
        : [{ ...common, path: join(path, key), before: one[key], after: other[key], unsure: false }],
    );
  }

  private lists(
    before: unknown,
    after: unknown,
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    if (after === undefined && facts.computed === 'also') return [];
    const [one, other] = [listOf(before), listOf(after)];
    const equal =
      facts.type === 'set'
        ? sameMembers(one, other, facts.suppress)
        : one.length === other.length &&
          one.every((item, index) => sameItem(item, other[index], facts.suppress));
    if (equal) return [];
    return [
      {
        path,
        attribute,
        before,
        after,
        forces: facts.forcesReplacement,
        sensitive: facts.sensitive,
        unsure: [...one, ...other].some(isSymbolic) || (before === undefined && facts.computed === 'also'),
      },
    ];
  }

  private blocks(
    before: unknown,
    after: unknown,
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    const [one, other] = [treesOf(before), treesOf(after)];
    if (other.length === 0 && facts.computed === 'also') return [];
    if (one.length === 1 && other.length === 1) {
      const [left = {}, right = {}] = [one[0], other[0]];
      const found = this.trees(left, right, path, attribute);
      // Members of a set have no identity: each difference is one that goes and one that comes.
      return facts.type === 'set' && facts.forcesReplacement
        ? found.map((difference) => ({ ...difference, forces: true, attribute }))
        : found;
    }
    if (facts.type === 'set') return this.setBlocks(one, other, path, attribute, facts);
    const many = Math.max(one.length, other.length) > 1;
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => {
      const at = many ? `${path}[${String(index)}]` : path;
      const [left, right] = [one[index], other[index]];
      if (left !== undefined && right !== undefined) return this.trees(left, right, at, attribute);
      return this.wholeBlock(left, right, at, attribute, facts);
    }).flat();
  }

  private setBlocks(
    one: readonly Tree[],
    other: readonly Tree[],
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    const gone = one.filter((left) => !other.some((right) => this.sameBlock(left, right, attribute)));
    const come = other.filter((right) => !one.some((left) => this.sameBlock(left, right, attribute)));
    return [
      ...gone.flatMap((block) => this.wholeBlock(block, undefined, path, attribute, facts)),
      ...come.flatMap((block) => this.wholeBlock(undefined, block, path, attribute, facts)),
    ];
  }

  private sameBlock(left: Tree, right: Tree, attribute: string): boolean {
    return this.trees(left, right, '', attribute).length === 0;
  }

  /** A block that goes or comes: it forces where the block does, or an argument that it holds. */
  private wholeBlock(
    before: Tree | undefined,
    after: Tree | undefined,
    path: string,
    attribute: string,
    facts: AttributeFacts,
  ): Difference[] {
    const inner = this.trees(before ?? {}, after ?? {}, path, attribute);
    const forcing = inner.filter(({ forces }) => forces);
    const common = { path, before, after, sensitive: facts.sensitive, unsure: false };
    // A block of defaults alone is the same as none, except where its presence is what counts.
    if (inner.length === 0 && facts.suppress !== undefined) return [];
    if (facts.forcesReplacement) return [{ ...common, attribute, forces: true }];
    if (forcing.length === 0) return [{ ...common, attribute, forces: false }];
    return forcing.map(({ attribute: forced, sensitive }, index) => ({
      ...common,
      path: index === 0 ? path : join(path, forced.slice(attribute.length + 1)),
      before: index === 0 ? before : undefined,
      after: index === 0 ? after : undefined,
      attribute: forced,
      forces: true,
      sensitive,
    }));
  }
}

const zero: Readonly<Record<AttributeFacts['type'], unknown>> = {
  string: '',
  boolean: false,
  number: 0,
  list: '',
  set: '',
  map: '',
};

/** What the provider sees where nothing is set: the default, or the zero of the type. */
function effective(value: unknown, facts: AttributeFacts): unknown {
  return value ?? facts.default ?? zero[facts.type];
}

/** Whether a value holds something that only a plan knows. */
export function isSymbolic(value: unknown): boolean {
  return typeof value === 'string' && /(?<!\$)\$\{/.test(value);
}

/** The same reference, written once with and once without its brackets. */
function mayBeSame(one: unknown, other: unknown): boolean {
  const bare = (value: unknown) =>
    String(value)
      .replace(/\s+/g, '')
      .replace(/\["([\w-]+)"\]/g, '.$1');
  return bare(one) === bare(other);
}

function sameItem(one: unknown, other: unknown, suppress: string | undefined): boolean {
  return canonical(one) === canonical(other) || suppressed(suppress, one, other) === 'hidden';
}

function sameMembers(
  one: readonly unknown[],
  other: readonly unknown[],
  suppress: string | undefined,
): boolean {
  const within = (all: readonly unknown[]) => (item: unknown) =>
    all.some((candidate) => sameItem(item, candidate, suppress));
  return one.every(within(other)) && other.every(within(one));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : value === undefined ? [] : [value];
}

function onlyBlock(value: unknown): Tree | undefined {
  if (Array.isArray(value)) return value.length === 1 && isTree(value[0]) ? value[0] : undefined;
  return isTree(value) ? value : undefined;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    (isTree(value) && Object.keys(value).length === 0)
  );
}

function join(path: string, key: string): string {
  const safe = /^[\w-]+$/.test(key) ? key : `["${key.replace(/["\\]/g, '\\$&')}"]`;
  return path === '' ? safe : safe.startsWith('[') ? path + safe : `${path}.${safe}`;
}
