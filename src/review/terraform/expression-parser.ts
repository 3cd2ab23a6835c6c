import { partsOf } from './template';

/** An expression of Terraform's language, taken apart. */
export type Parsed =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly (string | Parsed)[] }
  | { readonly kind: 'list'; readonly items: readonly Parsed[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Parsed, Parsed])[] }
  | { readonly kind: 'traversal'; readonly steps: readonly (string | Parsed)[] }
  | { readonly kind: 'index'; readonly value: Parsed; readonly key: Parsed }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Parsed[] }
  | { readonly kind: 'not'; readonly value: Parsed }
  | { readonly kind: 'condition'; readonly test: Parsed; readonly yes: Parsed; readonly no: Parsed }
  | { readonly kind: 'operation'; readonly operator: string; readonly left: Parsed; readonly right: Parsed };

const token =
  /\s+|(?<number>\d+(?:\.\d+)?)|(?<quote>"(?:[^"\\$]|\\.|\$(?!\{)|\$\{(?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*\})*")|(?<name>[A-Za-z_][\w-]*)|(?<sign>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:=.,()[\]{}])/y;

interface Token {
  readonly kind: 'number' | 'quote' | 'name' | 'sign';
  readonly text: string;
}

/** Levels of precedence, the weakest first. */
const levels = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']];

/** Takes an expression apart; undefined where it uses more than this knows, such as `for` and splats. */
export function parseExpression(text: string): Parsed | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

class Unsupported extends Error {}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null) return undefined;
    const groups = Object.entries(match.groups ?? {}) as [string, string | undefined][];
    const [kind, value] = groups.find(([, found]) => found !== undefined) ?? [];
    if (kind !== undefined && value !== undefined) tokens.push({ kind: kind as Token['kind'], text: value });
  }
  return tokens;
}

class Parser {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Parsed {
    const parsed = this.condition();
    if (this.at < this.tokens.length) throw new Unsupported();
    return parsed;
  }

  private condition(): Parsed {
    const test = this.operation(0);
    if (!this.take('?')) return test;
    const yes = this.condition();
    this.need(':');
    return { kind: 'condition', test, yes, no: this.condition() };
  }

  private operation(level: number): Parsed {
    const operators = levels[level];
    if (operators === undefined) return this.unary();
    let left = this.operation(level + 1);
    for (;;) {
      const operator = operators.find((one) => this.take(one));
      if (operator === undefined) return left;
      left = { kind: 'operation', operator, left, right: this.operation(level + 1) };
    }
  }

  private unary(): Parsed {
    if (this.take('!')) return { kind: 'not', value: this.unary() };
    if (this.take('-')) {
      return { kind: 'operation', operator: '-', left: { kind: 'literal', value: 0 }, right: this.unary() };
    }
    return this.postfix(this.primary());
  }

  private postfix(start: Parsed): Parsed {
    let value = start;
    for (;;) {
      if (this.take('.')) {
        const { kind, text } = this.next();
        if (kind !== 'name' && kind !== 'number') throw new Unsupported();
        const key: Parsed = { kind: 'literal', value: kind === 'number' ? Number(text) : text };
        value = stepped(value, kind === 'name' ? text : key, key);
      } else if (this.take('[')) {
        const key = this.condition();
        this.need(']');
        value = stepped(value, key, key);
      } else return value;
    }
  }

  private primary(): Parsed {
    const { kind, text } = this.next();
    if (kind === 'number') return { kind: 'literal', value: Number(text) };
    if (kind === 'quote') return quoted(text);
    if (kind === 'name') {
      if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
      if (text === 'null') return { kind: 'literal', value: null };
      if (this.take('(')) return { kind: 'call', name: text, values: this.list(')') };
      return { kind: 'traversal', steps: [text] };
    }
    if (text === '(') {
      const inner = this.condition();
      this.need(')');
      return inner;
    }
    if (text === '[') return { kind: 'list', items: this.list(']') };
    if (text === '{') return { kind: 'object', entries: this.entries() };
    throw new Unsupported();
  }

  private list(end: string): Parsed[] {
    const items: Parsed[] = [];
    while (!this.take(end)) {
      items.push(this.condition());
      if (!this.take(',')) {
        this.need(end);
        break;
      }
    }
    return items;
  }

  private entries(): (readonly [Parsed, Parsed])[] {
    const entries: (readonly [Parsed, Parsed])[] = [];
    while (!this.take('}')) {
      const key = this.unary();
      if (!this.take('=')) this.need(':');
      // A bare word is a key, not a reference.
      const [word] = key.kind === 'traversal' ? key.steps : [];
      const name: Parsed = typeof word === 'string' ? { kind: 'literal', value: word } : key;
      entries.push([name, this.condition()]);
      this.take(',');
    }
    return entries;
  }

  private next(): Token {
    const found = this.tokens[this.at++];
    if (found === undefined) throw new Unsupported();
    return found;
  }

  private take(sign: string): boolean {
    const { kind, text } = this.tokens[this.at] ?? {};
    if (kind !== 'sign' || text !== sign) return false;
    this.at += 1;
    return true;
  }

  private need(sign: string): void {
    if (!this.take(sign)) throw new Unsupported();
  }
}

function stepped(value: Parsed, step: string | Parsed, key: Parsed): Parsed {
  return value.kind === 'traversal'
    ? { kind: 'traversal', steps: [...value.steps, step] }
    : { kind: 'index', value, key };
}

function quoted(text: string): Parsed {
  const parts = partsOf(text.slice(1, -1)).map((part) => {
    if ('text' in part) {
      return part.text.replace(/\\(["\\nt])/g, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char);
    }
    const inner = parseExpression(part.expression);
    if (inner === undefined) throw new Unsupported();
    return inner;
  });
  return parts.every((part) => typeof part === 'string')
    ? { kind: 'literal', value: parts.join('') }
    : { kind: 'template', parts };
}
