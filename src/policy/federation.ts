import { textOf } from './tree';
import type { Tree } from './types';

/**
 * Whether a condition of a workload identity provider keeps strangers out: on every way to say yes, a claim that names
 * who owns the repository or the project is compared with something fixed. The condition is a Boolean expression of the
 * Common Expression Language; of what cannot be read here it is assumed that it lets everybody in.
 *
 * @see https://cloud.google.com/iam/docs/workload-identity-federation#conditions
 */
export function keepsStrangersOut(condition: string, mapping: Tree = {}): boolean {
  const tokens = tokensOf(condition);
  if (tokens === undefined) return false;
  const reader = new Reader(tokens, mapping);
  const holds = reader.either();
  return reader.isAtEnd && holds;
}

/**
 * Claims that only one owner, one repository or one project has. The audience is none of them: whoever asks for a token
 * chooses it.
 */
const owning =
  /^assertion\.(sub|repository|repository_id|repository_owner|repository_owner_id|project_path|project_id|namespace_path|namespace_id|organization_id|tid|hd)$/;

const token = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|&&|\|\||==|!=|[A-Za-z_][\w.]*|\d+|[!()[\],])/y;

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const found = token.exec(trimmed)?.[1];
    if (found === undefined) return undefined;
    tokens.push(found);
  }
  return tokens;
}

const isText = (part: string) => /^["']/.test(part);

const isFixed = (part: string | undefined) => part !== undefined && isText(part) && part.length > 2;

/** The beginning of a text that holds the whole name of an owner: `acme/` and `repo:acme/`, not `acme` and `repo:`. */
const endsAName = (part: string | undefined) =>
  /^["']((repo|project_path|repository_owner):)?[^/:"']+[/:]/.test(part ?? '') &&
  !/^["'](repo|project_path|repository_owner):["']/.test(part ?? '');

/** Reads an expression, and says of each part whether it can only hold for the owner. */
class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly mapping: Tree,
  ) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  /** All of the ways must keep strangers out. */
  either(): boolean {
    let holds = this.both();
    while (this.takes('||')) holds = this.both() && holds;
    return holds;
  }

  /** One of the parts is enough, as all must be true. */
  private both(): boolean {
    let holds = this.one();
    while (this.takes('&&')) holds = this.one() || holds;
    return holds;
  }

  private one(): boolean {
    // What must not be true says nothing of who it is.
    if (this.takes('!')) {
      this.one();
      return false;
    }
    if (this.takes('(')) {
      const holds = this.either();
      return this.takes(')') && holds;
    }
    return this.comparison();
  }

  private comparison(): boolean {
    const left = this.next();
    if (this.takes('(')) return this.call(left);
    if (this.takes('==')) {
      const right = this.next();
      return (this.isOwning(left) && isFixed(right)) || (this.isOwning(right) && isFixed(left));
    }
    if (this.takes('!=')) {
      this.next();
      return false;
    }
    if (this.takes('in')) return this.list() && this.isOwning(left);
    return false;
  }

  /** `assertion.sub.startsWith("repo:acme/data:")`; of other functions nothing is known. */
  private call(name: string | undefined): boolean {
    const [, claim, method] = /^(.*)\.(\w+)$/.exec(name ?? '') ?? [];
    const argument = this.next();
    if (argument === ')') return false;
    if (!this.takes(')')) {
      while (this.at < this.tokens.length && !this.takes(')')) this.at += 1;
      return false;
    }
    return method === 'startsWith' && this.isOwning(claim) && endsAName(argument);
  }

  /** Whether every item of a list is a fixed value. */
  private list(): boolean {
    if (!this.takes('[')) return false;
    let holds = this.tokens[this.at] !== ']';
    while (!this.takes(']')) {
      const item = this.next();
      if (item === undefined) return false;
      holds = isFixed(item) && holds;
      this.takes(',');
    }
    return holds;
  }

  private takes(expected: string): boolean {
    if (this.tokens[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }

  private next(): string | undefined {
    const found = this.tokens[this.at];
    this.at += 1;
    return found;
  }

  /** Attributes of the pool stand for what they are made of. */
  private isOwning(part = ''): boolean {
    return owning.test(textOf(this.mapping[part]) || part);
  }
}
