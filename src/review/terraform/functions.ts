import { textOf } from '../equal';
import { isTree } from '../types';

type Values = readonly unknown[];

const texts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.map(String) : undefined;
const unique = (value: unknown): unknown =>
  Array.isArray(value)
    ? [...new Map((value as Values).map((item) => [JSON.stringify(item), item])).values()]
    : undefined;

/** Functions of Terraform's language whose result depends on nothing but what they are given. */
const functions: Readonly<Record<string, (...values: Values) => unknown>> = {
  lower: (text) => String(text).toLowerCase(),
  upper: (text) => String(text).toUpperCase(),
  title: (text) => String(text).replace(/\b\w/g, (letter) => letter.toUpperCase()),
  trimspace: (text) => String(text).trim(),
  trimprefix: (text, prefix) =>
    String(text).startsWith(String(prefix)) ? String(text).slice(String(prefix).length) : String(text),
  trimsuffix: (text, suffix) =>
    String(text).endsWith(String(suffix))
      ? String(text).slice(0, -String(suffix).length || undefined)
      : String(text),
  substr: (text, from, length) =>
    typeof from === 'number' && typeof length === 'number'
      ? String(text).slice(from, length < 0 ? undefined : from + length)
      : undefined,
  // Between slashes it is a pattern, which JavaScript may read otherwise.
  replace: (text, from, to) =>
    String(from).startsWith('/') ? undefined : String(text).split(String(from)).join(String(to)),
  split: (separator, text) => String(text).split(String(separator)),
  join: (separator, ...lists) => lists.flatMap((list) => texts(list) ?? []).join(String(separator)),
  format: (pattern, ...values) => formatted(String(pattern), values),
  tostring: (value) => (typeof value === 'object' ? undefined : textOf(value)),
  tonumber: (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined),
  tobool: (value) =>
    value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined,
  tolist: (value) => (Array.isArray(value) ? value : undefined),
  toset: unique,
  distinct: unique,
  tomap: (value) => (isTree(value) ? value : undefined),
  concat: (...lists) => (lists.every(Array.isArray) ? lists.flat() : undefined),
  flatten: (list) => (Array.isArray(list) ? list.flat(Infinity) : undefined),
  merge: (...trees) => (trees.every(isTree) ? (Object.assign({}, ...trees) as unknown) : undefined),
  keys: (tree) => (isTree(tree) ? Object.keys(tree).sort() : undefined),
  values: (tree) =>
    isTree(tree)
      ? Object.keys(tree)
          .sort()
          .map((key) => tree[key])
      : undefined,
  lookup: (tree, key, fallback) => (isTree(tree) ? (tree[String(key)] ?? fallback) : undefined),
  length: (value) =>
    typeof value === 'string' || Array.isArray(value)
      ? value.length
      : isTree(value)
        ? Object.keys(value).length
        : undefined,
  element: (list, index) =>
    Array.isArray(list) && typeof index === 'number' && list.length > 0
      ? (list as Values)[index % list.length]
      : undefined,
  contains: (list, value) => (Array.isArray(list) ? list.includes(value) : undefined),
  sort: (list) => {
    const all = texts(list);
    return all === undefined ? undefined : [...all].sort();
  },
  reverse: (list) => (Array.isArray(list) ? [...(list as Values)].reverse() : undefined),
  coalesce: (...values) => values.find((value) => value !== null && value !== ''),
  max: (...values) => Math.max(...values.map(Number)),
  min: (...values) => Math.min(...values.map(Number)),
  jsonencode: (value) => JSON.stringify(sorted(value)),
  jsondecode: (text) => JSON.parse(String(text)) as unknown,
  base64encode: (text) => Buffer.from(String(text)).toString('base64'),
  base64decode: (text) => Buffer.from(String(text), 'base64').toString('utf8'),
  sensitive: (value) => value,
  nonsensitive: (value) => value,
};

/** The result of a function; undefined where it is not known here, or was given what it cannot take. */
export function callFunction(name: string, values: Values): unknown {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (found === undefined) return undefined;
  try {
    return found(...values);
  } catch {
    // Such as text that is no JSON: Terraform will refuse it, the comparison shows it as it stands.
    return undefined;
  }
}

function formatted(pattern: string, values: Values): string | undefined {
  const given = [...values];
  if (/%(?![sdv%])/.test(pattern)) return undefined;
  return pattern.replace(/%([sdv%])/g, (_, verb) => (verb === '%' ? '%' : String(given.shift())));
}

/** Terraform writes the keys of an object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}
