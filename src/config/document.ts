import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Pair,
  Scalar,
  visit,
  YAMLError,
} from 'yaml';
import type { ConfigPath, Problem } from './problem';

/** A stretch of the file, lines and columns counted from 1. */
export interface SourceRange {
  readonly line: number;
  readonly column: number;
  /** The first column after it, or after its first line where it has several. */
  readonly endColumn: number;
  readonly lastLine: number;
}

/** A problem with its place in the file. */
export interface LocatedProblem {
  readonly problem: Problem;
  readonly range: SourceRange;
}

/** A parsed YAML file that knows where everything stands. */
export class ConfigDocument {
  /** The content as plain values; undefined where the syntax is broken. */
  readonly value: unknown;
  /** What is wrong with the syntax, duplicate keys included. */
  readonly syntaxProblems: readonly LocatedProblem[];
  private readonly root: Node | null;
  private readonly document: Document;
  private readonly lines = new LineCounter();
  /** Whether the content cannot be read as values, although it is YAML. */
  private broken = false;

  constructor(
    /** Name of the file, as people should see it. */
    readonly file: string,
    readonly text: string,
  ) {
    const document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, stringKeys: true });
    this.document = document;
    this.root = document.contents;
    const conflict = /^(<{7}|={7}|>{7})( .*)?$/m.exec(text);
    if (conflict !== null) {
      this.syntaxProblems = [
        this.syntaxProblem([conflict.index, conflict.index + conflict[0].length], {
          message: 'a merge conflict was left in the file',
          fix: 'choose one side and remove the markers',
        }),
      ];
      return;
    }
    const errors = firstOfLine([...document.errors, ...document.warnings], this.lines);
    this.syntaxProblems = [
      ...errors.map((error) => this.syntaxProblem(error.pos, describeSyntax(error, text))),
      ...this.trapProblems(document),
    ];
    if (errors.every((error) => error.code === 'DUPLICATE_KEY') && !this.broken) {
      try {
        this.value = document.toJS({ maxAliasCount: 100 });
      } catch (error) {
        if (!(error instanceof ReferenceError) && !(error instanceof YAMLError)) throw error;
        this.syntaxProblems = [
          ...this.syntaxProblems,
          this.syntaxProblem([0, 0], {
            message: 'the aliases (*NAME) expand to too many values',
            fix: 'write the values out',
          }),
        ];
      }
    }
  }

  /** Whether something stands at the path. */
  has(path: ConfigPath): boolean {
    return this.find(path).length === path.length;
  }

  /**
   * Where a path stands; where it does not exist, where its nearest ancestor does.
   * @param at whether the key or the value is meant
   */
  locate(path: ConfigPath, at: 'key' | 'value' = 'value'): SourceRange {
    const steps = this.find(path);
    const last = steps.at(-1);
    if (last === undefined) return this.range(0, 0);
    // For something missing, the key that it should be below is the readable place.
    const node =
      at === 'key' || steps.length < path.length ? (last.key ?? last.value) : (last.value ?? last.key);
    return node?.range == null ? this.range(0, 0) : this.range(node.range[0], node.range[1]);
  }

  /** The text of a single value as it was typed, quotes left out; aliases are followed. */
  sourceOf(path: ConfigPath): string | undefined {
    let node: Node | null = this.root;
    for (const part of path) node = resolved(childOf(node, part)?.value, this.document);
    return isScalar(node) ? node.source : undefined;
  }

  private find(path: ConfigPath): Step[] {
    const steps: Step[] = [];
    let node: Node | null = this.root;
    for (const part of path) {
      const step = childOf(node, part);
      if (step === undefined) break;
      steps.push(step);
      node = step.value;
    }
    return steps;
  }

  /** Aliases that lead nowhere, and the one key that JavaScript takes for something else than a key. */
  private trapProblems(document: Document): LocatedProblem[] {
    // Hardly any file has them, and a walk over a large one takes its time.
    if (!/\*|__proto__/.test(this.text)) return [];
    const found: LocatedProblem[] = [];
    const add = (node: Node, problem: Omit<Problem, 'path'>) => {
      const [start, end] = node.range ?? [0, 0];
      found.push(this.syntaxProblem([start, end], problem));
    };
    visit(document, {
      Alias: (_, node) => {
        // An alias without a name is told as broken syntax.
        if (node.source === '' || node.resolve(document) !== undefined) return;
        this.broken = true;
        add(node, {
          message: `no anchor '&${node.source}' stands before the alias '*${node.source}'`,
          fix: 'write the value out; a text that begins with an asterisk needs quotes',
        });
      },
      Pair: (_, { key }) => {
        if (!isScalar(key) || key.value !== '__proto__') return;
        this.broken = true;
        add(key, { message: "'__proto__' cannot be a key", fix: 'remove it, or choose another name' });
      },
    });
    return found;
  }

  private syntaxProblem(pos: readonly [number, number], problem: Omit<Problem, 'path'>): LocatedProblem {
    return { problem: { path: [], ...problem }, range: this.range(pos[0], pos[1]) };
  }

  private range(start: number, end: number): SourceRange {
    const from = this.lines.linePos(start);
    // A block value ends where the next thing begins; its frame shows the first line only.
    const lineEnd = this.text.indexOf('\n', start);
    const stop = Math.max(start + 1, lineEnd === -1 ? end : Math.min(end, lineEnd));
    return {
      line: Math.max(1, from.line),
      column: Math.max(1, from.col),
      endColumn: Math.max(1, from.col) + (stop - start),
      lastLine: Math.max(1, this.lines.linePos(Math.max(start, end - 1)).line),
    };
  }
}

/** One part of a path: the key that leads there, none in a list, and what stands there. */
interface Step {
  readonly key: Node | null;
  readonly value: Node | null;
}

function childOf(node: Node | null, part: string | number): Step | undefined {
  if (isMap(node)) {
    const pair = (node.items as Pair<Node, Node | null>[]).find(
      (item) => item.key instanceof Scalar && String(item.key.value) === String(part),
    );
    return pair && { key: pair.key, value: pair.value };
  }
  if (!isSeq(node) || typeof part !== 'number') return undefined;
  const value = node.items[part] as Node | undefined;
  return value && { key: null, value };
}

/** What an alias stands for; anything else as it is. */
function resolved(node: Node | null | undefined, document: Document): Node | null {
  return (isAlias(node) ? node.resolve(document) : node) ?? null;
}

/** How the commonest slips are mended. */
const syntaxFixes: Partial<Record<YAMLError['code'], string>> = {
  BAD_ALIAS: 'quote the text: an asterisk at its beginning makes it an alias',
  BAD_INDENT: 'indent it as far as the other keys of the same map; what was opened before it must be closed',
  BAD_SCALAR_START: 'quote the text',
  BLOCK_AS_IMPLICIT_KEY:
    'indent it as far as the other keys of the same map; quote a text that holds a colon',
  MISSING_CHAR: 'add what is missing, or write a blank after the colon of the key',
  MULTILINE_IMPLICIT_KEY: 'write a blank after the colon of the key, or close the quotes',
};

/** The parser trips over one slip several times; the first time is the one to mend. */
function firstOfLine(errors: readonly YAMLError[], lines: LineCounter): YAMLError[] {
  const seen = new Set<number>();
  return errors.filter(({ code, pos }) => {
    const { line } = lines.linePos(pos[0]);
    if (seen.has(line)) return code === 'DUPLICATE_KEY';
    seen.add(line);
    return true;
  });
}

function describeSyntax(error: YAMLError, text: string): Omit<Problem, 'path'> {
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\s]+/.exec(text.slice(error.pos[0]))?.[0] ?? 'this key';
    return {
      message: `the key '${key}' stands twice in the same map`,
      fix: 'remove one of them; if both are wanted, give them different names',
    };
  }
  if (error.code === 'TAB_AS_INDENT') {
    return { message: 'YAML is not indented with tabs', fix: 'indent with blanks' };
  }
  if (error.code === 'MULTIPLE_DOCS') {
    return { message: 'the file holds more than one YAML document', fix: "remove the line '---'" };
  }
  if (error.code === 'TAG_RESOLVE_FAILED') {
    return {
      message: 'YAML tags (words that begin with !) are not read',
      fix: 'remove the tag, or quote the text',
    };
  }
  if (error.code === 'NON_STRING_KEY') {
    return { message: 'a map or a list cannot be a key', fix: 'write a text as the key' };
  }
  return {
    message: `this is not YAML: ${error.message.replace(/\.$/, '').replace(/^[A-Z][a-z]/, (c) => c.toLowerCase())}`,
    fix: syntaxFixes[error.code] ?? 'compare it with the lines around it',
  };
}
