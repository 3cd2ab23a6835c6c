import { canonical, embeddedJson, sameScalar } from '../equal';
import { isTree, type Tree } from '../types';
import { defaultOf, defaultsOf } from './defaults';
import { isSequence, isUnordered, keysOf } from './lists';
import { isQuantity, quantityOf } from './quantity';
import {
  customFacts,
  type CustomFacts,
  fieldType,
  type FieldType,
  memberType,
  metadataType,
  typeOfKind,
  withoutPointer,
} from './schema';

/** A field that differs. */
export interface FieldDifference {
  /** `spec.template.spec.containers[name=web].image`. */
  readonly path: string;
  /** Dotted, without indexes. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What the API server, a controller or a tool writes, and nobody asks for. */
const noise = new Set([
  'status',
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.selfLink',
  'metadata.uid',
  'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
]);

/** What a Service got from the API server: it keeps it where the manifest no longer asks for it. */
const allocated = /^spec\.(clusterIPs?|ipFamilies|ipFamilyPolicy|healthCheckNodePort|ports\.nodePort)$/;

/** What differs between two states of an object of a group, as the API server would see it. */
export function compareObjects(
  group: string,
  before: Tree,
  after: Tree,
  /** Says of which fields the order of lists counts, since the server compares them as they are. */
  isOrdered: (field: string) => boolean = () => false,
): readonly FieldDifference[] {
  const kind = String(after.kind ?? before.kind);
  const type = typeOfKind(group, kind);
  const custom = type === undefined ? customFacts(group, kind) : undefined;
  return new Comparison(kind, type !== undefined, custom, isOrdered).trees(before, after, '', '', type);
}

class Comparison {
  constructor(
    private readonly kind: string,
    private readonly own: boolean,
    private readonly custom: CustomFacts | undefined,
    private readonly isOrdered: (field: string) => boolean,
  ) {}

  trees(
    before: Tree,
    after: Tree,
    path: string,
    field: string,
    type: FieldType | undefined,
  ): FieldDifference[] {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const found: FieldDifference[] = [];
    for (const key of keys) {
      const at = field === '' ? key : `${field}.${key}`;
      const [one, other] = [before[key] ?? undefined, after[key] ?? undefined];
      if (one === other || noise.has(at)) continue;
      const child = at === 'metadata' ? metadataType : fieldType(type, key);
      if (one !== undefined && other !== undefined) {
        found.push(...this.values(one, other, joined(path, key), at, child));
      } else if (!this.isMissing(one === undefined ? before : after, key, one ?? other, at, type, child)) {
        if (other === undefined && this.kind === 'Service' && this.own && allocated.test(at)) continue;
        found.push({ path: joined(path, key), field: at, before: one, after: other });
      }
    }
    return found;
  }

  /** Whether a value that only one side has is what the server puts there anyway. */
  private isMissing(
    parent: Tree,
    key: string,
    value: unknown,
    field: string,
    type: FieldType | undefined,
    child: FieldType | undefined,
  ): boolean {
    if (this.isZero(value, child)) return true;
    const fallback =
      this.custom === undefined
        ? defaultOf(type, key, { parent, field, kind: this.kind })
        : this.custom.defaults[field];
    if (fallback !== undefined && fallback !== null)
      return this.values(fallback, value, '', field, child).length === 0;
    // An object that the server always has: what stands in it may all be there anyway.
    return isTree(value) && child?.startsWith('@') === true
      ? this.trees({}, value, '', field, child).length === 0
      : false;
  }

  /** What Go leaves out when it writes JSON; nothing is known of that in a custom resource. */
  private isZero(value: unknown, type: FieldType | undefined): boolean {
    switch (type?.charAt(0)) {
      case 'b':
        return value === false;
      case 'n':
        return value === 0;
      case 's':
      case 'r':
        return value === '';
      case 'q':
        return quantityOf(value) === 0;
      case '[':
        return Array.isArray(value) && value.length === 0;
      case '{':
        return isTree(value) && Object.keys(value).length === 0;
      case '@':
        return (
          isTree(value) &&
          Object.entries(value).every(
            ([key, item]) => item === null || this.isZero(item, fieldType(type, key)),
          )
        );
      default:
        return false;
    }
  }

  private values(
    before: unknown,
    after: unknown,
    path: string,
    field: string,
    type: FieldType | undefined,
  ): FieldDifference[] {
    if (before === after) return [];
    if (isTree(before) && isTree(after)) return this.trees(before, after, path, field, type);
    if (Array.isArray(before) && Array.isArray(after)) return this.lists(before, after, path, field, type);
    return this.sameText(before, after, field, type) ? [] : [{ path, field, before, after }];
  }

  private sameText(before: unknown, after: unknown, field: string, type: FieldType | undefined): boolean {
    const plain = withoutPointer(type);
    if (plain === 'q' || (plain === undefined && isQuantity(field))) {
      const quantity = quantityOf(before);
      if (quantity !== undefined && quantity === quantityOf(after)) return true;
    }
    if (plain === 'r') return unfolded(before) === unfolded(after);
    // Where nobody knows the type, 1 is not "1".
    if ((plain === undefined || plain === 'j') && typeof before !== typeof after) return false;
    return sameScalar(before, after);
  }

  private lists(
    before: readonly unknown[],
    after: readonly unknown[],
    path: string,
    field: string,
    type: FieldType | undefined,
  ): FieldDifference[] {
    const name = field.slice(field.lastIndexOf('.') + 1);
    const member = memberType(type);
    const custom = this.custom?.lists[field];
    const ordered = this.isOrdered(field);
    const keys = keysOf(name, custom, before, after);
    if (keys !== undefined && before.every(isTree) && after.every(isTree)) {
      const keyOf = (item: Tree) => keys.map((key) => String(item[key])).join(',');
      return this.named(before, after, path, field, member, keys, keyOf, ordered);
    }
    const unordered = !ordered && isUnordered(this.kind, field, this.own, custom);
    if (unordered && this.sameBag(before, after, field, member)) return [];
    if (!unordered && before.length === after.length && before.every(isTree) && after.every(isTree)) {
      return before.flatMap((item, index) =>
        this.values(item, after[index], `${path}[${String(index)}]`, field, member),
      );
    }
    const same =
      before.length === after.length &&
      before.every((item, index) => this.values(item, after[index], '', field, member).length === 0);
    return same ? [] : [{ path, field, before, after }];
  }

  private named(
    before: readonly Tree[],
    after: readonly Tree[],
    path: string,
    field: string,
    member: FieldType | undefined,
    keys: readonly string[],
    keyOf: (item: Tree) => string,
    ordered: boolean,
  ): FieldDifference[] {
    const [old, now] = [
      new Map(before.map((item) => [keyOf(item), item])),
      new Map(after.map((item) => [keyOf(item), item])),
    ];
    const found = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
      const at = `${path}[${keys.join(',')}=${name}]`;
      const [one, other] = [old.get(name), now.get(name)];
      if (one !== undefined && other !== undefined) return this.values(one, other, at, field, member);
      return [{ path: at, field, before: one, after: other }];
    });
    const counts = ordered || isSequence(field, before) || isSequence(field, after);
    if (!counts) return found;
    // What is new stands at the end, or the whole has to be told.
    const kept = [...old.keys()].filter((key) => now.has(key));
    const expected = [...kept, ...[...now.keys()].filter((key) => !old.has(key))];
    return expected.join('\n') === [...now.keys()].join('\n') ? found : [{ path, field, before, after }];
  }

  private sameBag(
    before: readonly unknown[],
    after: readonly unknown[],
    field: string,
    member: FieldType | undefined,
  ): boolean {
    if (before.length !== after.length) return false;
    const sorted = (list: readonly unknown[]) =>
      list
        .map((item) => this.normal(item, field, member))
        .sort()
        .join('\n');
    return sorted(before) === sorted(after);
  }

  /** A text that is the same for values that mean the same. */
  private normal(value: unknown, field: string, type: FieldType | undefined): string {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.normal(item, field, memberType(type)));
      const custom = this.custom?.lists[field];
      return `[${(isUnordered(this.kind, field, this.own, custom) ? items.sort() : items).join(',')}]`;
    }
    if (!isTree(value)) {
      const quantity = withoutPointer(type) === 'q' ? quantityOf(value) : undefined;
      if (quantity !== undefined) return String(quantity);
      return typeof value === 'string' && embeddedJson(value) === undefined
        ? JSON.stringify(value)
        : canonical(value);
    }
    const keys = new Set([...Object.keys(value), ...Object.keys(defaultsOf(type) ?? {})]);
    const parts = [...keys].sort().flatMap((key) => {
      const at = `${field}.${key}`;
      const child = fieldType(type, key);
      const item = value[key] ?? defaultOf(type, key, { parent: value, field: at, kind: this.kind });
      if (item === undefined || item === null || this.isZero(item, child)) return [];
      return [`${JSON.stringify(key)}:${this.normal(item, at, child)}`];
    });
    return `{${parts.join(',')}}`;
  }
}

/** Base64 may be folded over lines. */
function unfolded(value: unknown): string {
  return String(value).replace(/\s+/g, '');
}

function joined(path: string, key: string): string {
  const safe = /^[\w-]+$/.test(key) ? key : `["${key.replace(/["\\]/g, '\\$&')}"]`;
  return path === '' ? safe : safe.startsWith('[') ? path + safe : `${path}.${safe}`;
}
