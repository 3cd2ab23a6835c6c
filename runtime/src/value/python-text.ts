import { Float, isDict, type Value } from './value';

/** The text of a floating-point number as Python writes it: `1.0`, `1e+16`, `1e-05`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    const sign = exponent.startsWith('-') ? '-' : '+';
    return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
  }
  // Below 1e21 JavaScript writes every digit, and so does Python below 1e16.
  const text = String(value);
  return /[.e]/.test(text)
    ? text.replace(/^(-?\d)e-(\d+)$/, (_, d: string, e: string) => expand(d, Number(e)))
    : `${text}.0`;
}

function expand(digits: string, places: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  return `${sign}0.${'0'.repeat(places - 1)}${digits.replace('-', '')}`;
}

/** What Python's `str()` gives. */
export function pythonText(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}

/** What Python's `repr()` gives. */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof Float) return floatText(value.value);
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`;
  if (isDict(value)) return `{${[...value].map(([k, v]) => `${quote(k)}: ${pythonRepr(v)}`).join(', ')}}`;
  return String(value);
}

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = text.replace(/[\\\u0000-\u001f\u007f-\u00a0']/g, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    return named[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `${mark}${inner}${mark}`;
}
