import { type Dict, Float, isDict, type Value } from './value';
import { floatText } from './python-text';

/**
 * Writes JSON byte for byte as Python's `json.dumps` does: `", "` and `": "` between, everything beyond ASCII escaped.
 *
 * Files that Meltano and this program write in turns stay equal, and so do cache keys that are hashes of the text.
 */
export function printJson(value: Value, indent?: number): string {
  return print(value, indent, '');
}

/** Writes compact JSON, as `json.dumps(…, separators=(",", ":"))` does. */
export function printCompactJson(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(printCompactJson).join(',')}]`;
  if (isDict(value)) return `{${[...value].map(([k, v]) => `${quote(k)}:${printCompactJson(v)}`).join(',')}}`;
  return scalar(value);
}

function print(value: Value, indent: number | undefined, margin: string): string {
  if (!Array.isArray(value) && !isDict(value)) return scalar(value);
  const inner = indent === undefined ? '' : margin + ' '.repeat(indent);
  const items = Array.isArray(value)
    ? value.map((v) => print(v, indent, inner))
    : entries(value, indent, inner);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (items.length === 0) return `${open}${close}`;
  if (indent === undefined) return `${open}${items.join(', ')}${close}`;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

function entries(value: Dict, indent: number | undefined, inner: string): string[] {
  return [...value].map(([k, v]) => `${quote(k)}: ${print(v, indent, inner)}`);
}

function scalar(value: null | boolean | number | bigint | string | Float): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof Float) {
    if (Number.isNaN(value.value)) return 'NaN';
    return Number.isFinite(value.value) ? floatText(value.value) : value.value > 0 ? 'Infinity' : '-Infinity';
  }
  return String(value);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (character) =>
    character === '\u007f' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
