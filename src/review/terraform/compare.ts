import { canonical, sameScalar } from '../equal';
import { isTree, type Tree } from '../types';
import { type AttributeFacts, type ResourceFacts } from './provider-facts';
import { rewritten } from './rewritten';
import { isSymbolic, mayBeSame } from './symbolic';
import { suppressed, suppressedBlock, type Whole } from './suppress';
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
  return new Comparison(facts, { before, after }).trees(before, after, '', '');
}

class Comparison {
  constructor(
    private readonly facts: ResourceFacts | null,
    private readonly whole: Whole,
  ) {}

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
    return [{ path, attribute, before, after, forces: false, sensitive: false, unsure: this.facts === null }];
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
    const [one, other] = [effective(before, facts), effective(after, facts)].map((value) =>
      facts.rewritten ? rewritten(attribute, value) : value,
    );
    if (sameScalar(one, other) || (facts.type === 'number' && sameNumber(one, other))) return [];
    const hidden = suppressed(facts.suppress, one, other, this.whole);
    if (hidden === 'hidden') return [];
    const symbolic = isSymbolic(before) || isSymbolic(after);
    if (symbolic && mayBeSame(one, other)) return [];
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
    // What is sent is another attribute: the labels with those of the provider.
    const sent = this.facts?.get(`effective_${attribute}`);
    const common = {
      attribute: sent?.forcesReplacement === true ? `effective_${attribute}` : attribute,
      forces: facts.forcesReplacement || sent?.forcesReplacement === true,
      sensitive: facts.sensitive,
    };
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
    const [one, other] = [before, after].map((value) =>
      listOf(value).map((item) => (facts.rewritten ? rewritten(attribute, item) : item)),
    ) as unknown as [readonly unknown[], readonly unknown[]];
    const equal =
      facts.type === 'set' || facts.unordered
        ? this.sameMembers(one, other, facts)
        : one.length === other.length && one.every((item, index) => this.sameItem(item, other[index], facts));
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

  private sameItem(one: unknown, other: unknown, facts: AttributeFacts): boolean {
    return (
      canonical(one) === canonical(other) || suppressed(facts.suppress, one, other, this.whole) === 'hidden'
    );
  }

  private sameMembers(one: readonly unknown[], other: readonly unknown[], facts: AttributeFacts): boolean {
    const within = (all: readonly unknown[]) => (item: unknown) =>
      all.some((candidate) => this.sameItem(item, candidate, facts));
    return one.every(within(other)) && other.every(within(one));
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
    const hidden = suppressedBlock(facts.suppress, before ?? after ?? {}, after === undefined, this.whole);
    if (hidden === 'hidden') return [];
    const forcing = inner.filter(({ forces }) => forces);
    const common = { path, before, after, sensitive: facts.sensitive, unsure: hidden === 'unsure' };
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

/** `0.90` and `0.9`. */
function sameNumber(one: unknown, other: unknown): boolean {
  return one !== '' && other !== '' && Number(one) === Number(other);
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
