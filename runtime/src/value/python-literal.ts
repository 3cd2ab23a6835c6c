import { type Dict, Float, integer, type Value } from './value';

/**
 * Reads a Python literal: lists, tuples, maps, texts in either quotes, numbers, True, False, None.
 *
 * Meltano takes such a text for an array or object setting when it is not JSON: `TAP_X__SELECT="['a.*', '!b.*']"`.
 *
 * @returns undefined where it is none
 */
export function parsePythonLiteral(text: string): Value | undefined {
  const reader = new Reader(text.trim());
  try {
    return reader.whole();
  } catch (error) {
    if (error instanceof NotALiteral) return undefined;
    throw error;
  }
}

class NotALiteral extends Error {}

const token =
  /\s*(?:(?<name>True|False|None)\b|(?<number>[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<mark>[[\](){}:,])|(?<text>[bBrRuU]?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")))/y;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Value {
    const value = this.value();
    if (this.text.slice(this.at).trim() !== '') throw new NotALiteral();
    return value;
  }

  private value(): Value {
    const { name, number, mark, text } = this.next();
    if (name !== undefined) return name === 'None' ? null : name === 'True';
    if (number !== undefined) {
      const digits = number.replace(/_/g, '');
      return /[.eE]/.test(digits) ? new Float(Number(digits)) : integer(digits.replace(/^\+/, ''));
    }
    if (text !== undefined) return this.texts(text);
    if (mark === '[') return this.list(']').items;
    if (mark === '{') return this.map();
    if (mark === '(') {
      const { items, commas } = this.list(')');
      const [only] = items;
      return items.length === 1 && commas === 0 && only !== undefined ? only : items;
    }
    throw new NotALiteral();
  }

  private list(end: string): { items: Value[]; commas: number } {
    const items: Value[] = [];
    let commas = 0;
    while (!this.take(end)) {
      items.push(this.value());
      if (this.take(',')) commas += 1;
      else if (this.take(end)) break;
      else throw new NotALiteral();
    }
    return { items, commas };
  }

  private map(): Dict {
    const result: Dict = new Map();
    while (!this.take('}')) {
      const key = this.value();
      if (typeof key !== 'string' || !this.take(':')) throw new NotALiteral();
      result.set(key, this.value());
      if (!this.take(',')) {
        if (this.take('}')) break;
        throw new NotALiteral();
      }
    }
    return result;
  }

  /** Texts beside each other are one. */
  private texts(first: string): string {
    let result = unquote(first);
    for (;;) {
      const before = this.at;
      token.lastIndex = this.at;
      const text = token.exec(this.text)?.groups?.text;
      if (text === undefined) {
        this.at = before;
        return result;
      }
      this.at = token.lastIndex;
      result += unquote(text);
    }
  }

  private take(mark: string): boolean {
    token.lastIndex = this.at;
    if (token.exec(this.text)?.groups?.mark !== mark) return false;
    this.at = token.lastIndex;
    return true;
  }

  private next(): { name?: string; number?: string; mark?: string; text?: string } {
    token.lastIndex = this.at;
    const found = token.exec(this.text);
    if (!found?.groups) throw new NotALiteral();
    this.at = token.lastIndex;
    return found.groups;
  }
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

function unquote(literal: string): string {
  const prefix = /^[a-zA-Z]/.exec(literal)?.[0].toLowerCase() ?? '';
  if (prefix === 'b') throw new NotALiteral();
  const inner = literal.slice(prefix.length + 1, -1);
  if (prefix === 'r') return inner;
  return inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g,
    (all, x?: string, u?: string, c?: string) => {
      const code = x ?? u;
      if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
      return escapes[c ?? ''] ?? all;
    },
  );
}
