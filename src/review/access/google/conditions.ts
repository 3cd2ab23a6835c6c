/**
 * Whether whoever passes one condition of a grant passes another as well. Conditions are Boolean expressions of the
 * Common Expression Language; times, prefixes and equal texts are understood, any other part stands for itself.
 *
 * @see https://cloud.google.com/iam/docs/conditions-overview
 */
export type Certainty = 'yes' | 'no' | 'unknown';

/** More parts than this are not worked through. */
const maxAtoms = 10;

type Formula =
  | { readonly kind: 'atom'; readonly atom: string }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Formula[] }
  | { readonly kind: 'always' };

/**
 * Whether whatever passes one of the first conditions passes one of the others.
 * @param some conditions of which one has to hold; undefined for a grant without a condition
 */
export function implies(
  some: readonly (string | undefined)[],
  others: readonly (string | undefined)[],
): Certainty {
  if (some.length === 0 || others.includes(undefined)) return 'yes';
  if (others.length === 0) return 'no';
  const [one, other] = [anyOf(some), anyOf(others)];
  if (one === undefined || other === undefined) {
    return some.every((condition) => others.includes(condition)) ? 'yes' : 'unknown';
  }
  const [left, right] = [atomsOf(one), atomsOf(other)];
  const atoms = [...new Set([...left, ...right])];
  if (atoms.length > maxAtoms) {
    return some.every((condition) => others.includes(condition)) ? 'yes' : 'unknown';
  }
  for (let bits = 0; bits < 2 ** atoms.length; bits++) {
    const truth = new Map(atoms.map((atom, index) => [atom, (bits & (2 ** index)) !== 0]));
    if (holds(one, truth) && !holds(other, truth) && isPossible(truth)) {
      return isDecided(left, right) ? 'no' : 'unknown';
    }
  }
  return 'yes';
}

/** A part of both sides may be true or not; of parts that only one side has, nobody knows what they have in common. */
function isDecided(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  const opaque = (atoms: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...atoms].some((atom) => !other.has(atom) && meaningOf(atom) === undefined);
  const subset = (atoms: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...atoms].every((atom) => other.has(atom));
  if (subset(left, right) || subset(right, left)) return true;
  return !opaque(left, right) && !opaque(right, left);
}

function anyOf(conditions: readonly (string | undefined)[]): Formula | undefined {
  const all = conditions.map((condition) =>
    condition === undefined ? ({ kind: 'always' } as const) : formulaOf(condition),
  );
  return all.includes(undefined) ? undefined : { kind: 'or', of: all as Formula[] };
}

function holds(formula: Formula, truth: ReadonlyMap<string, boolean>): boolean {
  switch (formula.kind) {
    case 'always':
      return true;
    case 'atom':
      return truth.get(formula.atom) === true;
    case 'not':
      return !holds(formula.of, truth);
    case 'and':
      return formula.of.every((part) => holds(part, truth));
    case 'or':
      return formula.of.some((part) => holds(part, truth));
  }
}

function atomsOf(formula: Formula): ReadonlySet<string> {
  switch (formula.kind) {
    case 'always':
      return new Set();
    case 'atom':
      return new Set([formula.atom]);
    case 'not':
      return atomsOf(formula.of);
    default:
      return new Set(formula.of.flatMap((part) => [...atomsOf(part)]));
  }
}

/** What a comparison says of a value. */
interface Meaning {
  readonly of: string;
  readonly is: 'equal' | 'prefix' | 'suffix' | 'before' | 'after';
  readonly text: string;
}

function meaningOf(atom: string): Meaning | undefined {
  const [, call, method, argument] =
    /^([\w.]+)\.(startsWith|endsWith)\(("(?:[^"\\]|\\.)*")\)$/.exec(atom) ?? [];
  if (call !== undefined && argument !== undefined) {
    return { of: call, is: method === 'startsWith' ? 'prefix' : 'suffix', text: argument.slice(1, -1) };
  }
  const [, time, sign, moment] = /^(request\.time)(<=?|>=?)timestamp\("([^"]+)"\)$/.exec(atom) ?? [];
  if (time !== undefined && moment !== undefined && !Number.isNaN(Date.parse(moment))) {
    const at = new Date(moment).toISOString();
    // A moment that counts itself is told from one that does not.
    const text = at + (sign === '<=' || sign === '>' ? '+' : '');
    return { of: time, is: sign?.startsWith('<') === true ? 'before' : 'after', text };
  }
  const [, name, text] = /^([\w.]+)=="((?:[^"\\]|\\.)*)"$/.exec(atom) ?? [];
  return name === undefined || text === undefined ? undefined : { of: name, is: 'equal', text };
}

/** Whether all of it can be so at once, as far as the parts are understood. */
function isPossible(truth: ReadonlyMap<string, boolean>): boolean {
  const known = [...truth].flatMap(([atom, value]) => {
    const meaning = meaningOf(atom);
    return meaning === undefined ? [] : [{ meaning, value }];
  });
  return known.every(({ meaning: one, value }) =>
    known.every(({ meaning: other, value: also }) => {
      if (one === other || one.of !== other.of) return true;
      if (value && also) return !excludes(one, other);
      if (value && !also) return !includes(one, other);
      // It is before or after every moment, and of two in the wrong order one of the two.
      if (!value && !also && one.is === 'before' && other.is === 'after') return one.text < other.text;
      return true;
    }),
  );
}

/** Whether what the first says is a case of what the second says. */
function includes(one: Meaning, other: Meaning): boolean {
  switch (other.is) {
    case 'equal':
      return one.is === 'equal' && one.text === other.text;
    case 'prefix':
      return (one.is === 'equal' || one.is === 'prefix') && one.text.startsWith(other.text);
    case 'suffix':
      return (one.is === 'equal' || one.is === 'suffix') && one.text.endsWith(other.text);
    case 'before':
      return one.is === 'before' && one.text <= other.text;
    case 'after':
      return one.is === 'after' && one.text >= other.text;
  }
}

/** Whether both can never be so. */
function excludes(one: Meaning, other: Meaning): boolean {
  if (one.is === 'equal') return other.is !== 'before' && other.is !== 'after' && !includes(one, other);
  if (one.is === 'prefix' && other.is === 'prefix') {
    return !one.text.startsWith(other.text) && !other.text.startsWith(one.text);
  }
  if (one.is === 'suffix' && other.is === 'suffix') {
    return !one.text.endsWith(other.text) && !other.text.endsWith(one.text);
  }
  return one.is === 'before' && other.is === 'after' && one.text <= other.text;
}

const token =
  /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|&&|\|\||==|!=|<=|>=|[A-Za-z_][\w.]*|\d[\w.]*|[^\s\w])/y;

function formulaOf(text: string): Formula | undefined {
  const tokens: string[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed)?.[1];
    if (found === undefined) return undefined;
    tokens.push(found.startsWith("'") ? `"${found.slice(1, -1)}"` : found);
  }
  const reader = new Reader(tokens);
  const formula = reader.either();
  return formula !== undefined && reader.isAtEnd ? formula : undefined;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  either(): Formula | undefined {
    return this.parts('||', 'or', () => this.parts('&&', 'and', () => this.one()));
  }

  private parts(sign: string, kind: 'and' | 'or', read: () => Formula | undefined): Formula | undefined {
    const of: Formula[] = [];
    do {
      const part = read();
      if (part === undefined) return undefined;
      of.push(part);
    } while (this.takes(sign));
    const [only] = of;
    return of.length === 1 ? only : { kind, of };
  }

  private one(): Formula | undefined {
    if (this.takes('!')) {
      const of = this.one();
      return of === undefined ? undefined : { kind: 'not', of };
    }
    if (this.tokens[this.at] === '(') {
      const start = this.at;
      this.at += 1;
      const inner = this.either();
      const next = this.tokens[this.at + 1];
      const ends = next === undefined || ['&&', '||', ')'].includes(next);
      if (inner !== undefined && this.tokens[this.at] === ')' && ends) {
        this.at += 1;
        return inner;
      }
      // It is a group within a comparison.
      this.at = start;
    }
    return this.atom();
  }

  /** Everything up to what joins it with the next part; `!=` is the contrary of `==`. */
  private atom(): Formula | undefined {
    const start = this.at;
    for (let depth = 0; this.at < this.tokens.length; this.at++) {
      const part = this.tokens[this.at] ?? '';
      if (depth === 0 && ['&&', '||', ')'].includes(part)) break;
      if (['(', '[', '{'].includes(part)) depth += 1;
      if ([')', ']', '}'].includes(part)) depth -= 1;
    }
    const parts = this.tokens.slice(start, this.at);
    if (parts.length === 0) return undefined;
    if (parts.length === 1 && parts[0] === 'true') return { kind: 'always' };
    if (parts.length === 3 && parts[1] === '!=') {
      return { kind: 'not', of: { kind: 'atom', atom: `${parts[0] ?? ''}==${parts[2] ?? ''}` } };
    }
    return { kind: 'atom', atom: parts.join('') };
  }

  private takes(expected: string): boolean {
    if (this.tokens[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }
}
