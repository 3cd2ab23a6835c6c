import { readFileSync } from 'node:fs';
import { dataFile } from '../terraform/provider-facts';

/**
 * What Go says of a field: `s` text, `b` boolean, `n` number, `q` quantity, `x` number or text, `t` time, `r` bytes in
 * base64, `j` anything, `@TYPE` an object, `[` and `{` a list and a map of what follows; `*` before it where the server tells
 * nothing from a zero.
 */
export type FieldType = string;

/** What a definition of a custom resource says, by dotted path without indexes. */
export interface CustomFacts {
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Lists whose order counts for nothing: the keys of their members, none for a set of plain values. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

interface Facts {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, FieldType>>>>;
  readonly custom: Readonly<Record<string, CustomFacts>>;
}

let facts: Facts | undefined;

/** The type of the objects of a kind that the API server brings; undefined for a custom one. */
export function typeOfKind(group: string, kind: string): FieldType | undefined {
  const name = read().kinds[`${group}/${kind}`];
  return name === undefined ? undefined : `@${name}`;
}

/** What the definition of a custom resource says; undefined where it is not known. */
export function customFacts(group: string, kind: string): CustomFacts | undefined {
  return read().custom[`${group}/${kind}`];
}

/** The type of a field of an object or map; undefined where nothing is known of it. */
export function fieldType(type: FieldType | undefined, key: string): FieldType | undefined {
  const plain = withoutPointer(type);
  if (plain?.startsWith('{') === true) return plain.slice(1);
  if (plain?.startsWith('@') !== true) return undefined;
  const fields = read().types[plain.slice(1)];
  return fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** The type of the members of a list. */
export function memberType(type: FieldType | undefined): FieldType | undefined {
  const plain = withoutPointer(type);
  return plain?.startsWith('[') === true ? plain.slice(1) : undefined;
}

export function withoutPointer(type: FieldType | undefined): FieldType | undefined {
  return type?.startsWith('*') === true ? type.slice(1) : type;
}

/** Every object has metadata, a custom one as well. */
export const metadataType: FieldType = '@meta.ObjectMeta';

function read(): Facts {
  facts ??= JSON.parse(readFileSync(dataFile('kubernetes-1.33.1.json'), 'utf8')) as Facts;
  return facts;
}
