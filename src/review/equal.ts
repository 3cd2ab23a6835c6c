import { isTree } from './types';

/** Whether two values mean the same: key order, quoting of scalars, and the form of embedded JSON do not count. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isTree(a) && isTree(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => sameValue(a[key] ?? undefined, b[key] ?? undefined));
  }
  return sameScalar(a, b);
}

/** `1` and `"1"`, `true` and `"true"`: tools convert; JSON in a text is compared as what it says. */
export function sameScalar(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return (a ?? null) === (b ?? null);
  if (typeof a === 'object' || typeof b === 'object') return false;
  if (textOf(a) === textOf(b)) return true;
  return typeof a === 'string' && typeof b === 'string' && sameJson(a, b);
}

function sameJson(a: string, b: string): boolean {
  const [left, right] = [embeddedJson(a), embeddedJson(b)];
  return left !== undefined && right !== undefined && sameStrict(left, right);
}

/** Within JSON, a text is not a number. */
function sameStrict(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameStrict(item, b[index]));
  }
  if (isTree(a) && isTree(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => key in b && sameStrict(a[key], b[key]))
    );
  }
  return a === b;
}

/** The object or list that a text holds as JSON; undefined for any other text. */
export function embeddedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A value as a text, empty where there is none. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The same for what stands in JSON within a text: there, a text is not a number. */
function strict(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(strict).join(',')}]`;
  if (!isTree(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${strict(value[key])}`).join(',')}}`;
}

/** A text that is equal for equal values, whatever the order of keys. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isTree(value)) {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  }
  if (typeof value === 'string') {
    const json = embeddedJson(value);
    return json === undefined ? JSON.stringify(value) : `json${strict(json)}`;
  }
  return value === undefined || value === null ? 'null' : JSON.stringify(textOf(value));
}
