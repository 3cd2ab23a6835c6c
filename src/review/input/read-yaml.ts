import { boolYaml11Tag, CORE_SCHEMA, intYaml11Tag, loadAll, mergeTag, NOT_RESOLVED } from 'js-yaml';
import { readPlainYaml } from './plain-yaml';

/** As Go reads whole numbers: 0644 and 0o644 are octal, and 1:30 is a text. */
const wholeNumbers: typeof intYaml11Tag = {
  ...intYaml11Tag,
  resolve: (source, isExplicit, tagName) => {
    if (source.includes(':')) return NOT_RESOLVED;
    const [, sign = '', digits] = /^([+-]?)0o([0-7_]+)$/.exec(source) ?? [];
    return digits === undefined
      ? intYaml11Tag.resolve(source, isExplicit, tagName)
      : Number.parseInt(`${sign}${digits.replaceAll('_', '')}`, 8);
  },
};

/** YAML as kubectl reads it: `yes` and `0644` are what they were in YAML 1.1. */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag, wholeNumbers, mergeTag);

/** Values on one line that were read before: of these there are few, and each stands in many objects. */
const values = new Map<string, unknown>();

/** By the library, whatever it is. */
export function readInFull(text: string): unknown {
  return loadAll(text, { schema })[0];
}

/** A value on one line, by the library. */
export function readValue(text: string): unknown {
  let value = values.get(text);
  if (value === undefined) {
    value = readInFull(text);
    values.set(text, value);
  }
  return value;
}

/** What a document says; undefined for one of nothing but comments. */
export function readYaml(text: string): unknown {
  return readPlainYaml(text, readValue) ?? readInFull(text);
}
