import { type Dict, Float, integer, type Value } from './value';

/** A text that is not JSON: where, and what stands there. */
export class JsonError extends Error {}

/**
 * Reads JSON as Python's `json.loads` does.
 *
 * The platform's own parser loses what has to be written back as it was: `1.0`, integers beyond 2^53, the order of keys
 * that look like numbers. Python also takes `NaN` and `Infinity`, and the last of two equal keys.
 */
export function parseJson(text: string): Value {
  const parser = new Parser(text);
  return parser.whole();
}

const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const plain = /[^"\\\u0000-\u001f]*/y;
const blank = /[ \t\n\r]*/y;
const words: [string, Value][] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', new Float(NaN)],
  ['Infinity', new Float(Infinity)],
  ['-Infinity', new Float(-Infinity)],
];
const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): Value {
    const value = this.value();
    this.skip();
    if (this.at < this.text.length) this.fail('more after the end');
    return value;
  }

  private value(): Value {
    this.skip();
    const next = this.text[this.at];
    if (next === '{') return this.map();
    if (next === '[') return this.list();
    if (next === '"') return this.string();
    for (const [word, value] of words) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private map(): Dict {
    const result: Dict = new Map();
    this.at += 1;
    this.skip();
    if (this.take('}')) return result;
    do {
      this.skip();
      if (this.text[this.at] !== '"') this.fail('a key in quotes is missing');
      const key = this.string();
      this.skip();
      if (!this.take(':')) this.fail("':' is missing");
      const value = this.value();
      result.set(key, value);
      this.skip();
    } while (this.take(','));
    if (!this.take('}')) this.fail("',' or '}' is missing");
    return result;
  }

  private list(): Value[] {
    const result: Value[] = [];
    this.at += 1;
    this.skip();
    if (this.take(']')) return result;
    do {
      result.push(this.value());
      this.skip();
    } while (this.take(','));
    if (!this.take(']')) this.fail("',' or ']' is missing");
    return result;
  }

  private string(): string {
    this.at += 1;
    let result = '';
    for (;;) {
      result += this.match(plain)?.[0] ?? '';
      const next = this.text[this.at];
      if (next === '"') {
        this.at += 1;
        return result;
      }
      if (next !== '\\') this.fail(next === undefined ? 'the text has no end' : 'a control character');
      const escaped = this.text[this.at + 1] ?? '';
      const hex = this.text.slice(this.at + 2, this.at + 6);
      if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
        result += String.fromCharCode(parseInt(hex, 16));
        this.at += 6;
      } else {
        const character = escapes[escaped];
        if (character === undefined) this.fail('an unknown escape');
        result += character;
        this.at += 2;
      }
    }
  }

  private number(): Value {
    const found = this.match(number);
    if (!found || found[0] === '') this.fail('a value is missing');
    const [digits, fraction, exponent] = found;
    return fraction === undefined && exponent === undefined ? integer(digits) : new Float(Number(digits));
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at += found[0].length;
    return found;
  }

  private skip(): void {
    this.match(blank);
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private fail(what: string): never {
    const line = this.text.slice(0, this.at).split('\n').length;
    throw new JsonError(`line ${line}, character ${this.at + 1}: ${what}`);
  }
}
