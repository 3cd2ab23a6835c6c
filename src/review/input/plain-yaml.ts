/** Thrown at what is not plain, from as deep as it is found; one for all, since nobody reads it. */
const notPlain = new Error('not plain YAML');

/** Reads a scalar or a flow collection on one line; throws where it is none. */
export type ReadValue = (text: string) => unknown;

/** `key: value`, with a key that cannot be anything but a text. */
const entry = /^(?:([A-Za-z_][\w./-]*)|"([^"\\]*)"|'([^']*)'):(?: +(\S.*))?$/;

/** Words that YAML 1.1 takes for something else than a text. */
const words = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/**
 * Reads the YAML that tools write: block mappings and lists, scalars on one line, literal blocks. Nothing else: for
 * anything that it does not know it gives undefined, and the document is read by the library. A whole review is half as
 * quick without this, since YAML in full costs as much as all the rest.
 */
export function readPlainYaml(text: string, readValue: ReadValue): unknown {
  if (/[\t\r\0\uFEFF]/.test(text)) return undefined;
  try {
    return new Reader(text.split('\n'), readValue).document();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

class Reader {
  private at = 0;
  /** Indentation of the line that comes next; -1 at the end. */
  private indent = -1;

  constructor(
    private readonly lines: string[],
    private readonly readValue: ReadValue,
  ) {}

  document(): unknown {
    this.toContent();
    if (this.lines[this.at] === '---' && this.indent === 0) this.next();
    if (this.indent < 0) return undefined;
    const value = this.block(this.indent);
    return this.indent < 0 ? value : undefined;
  }

  private next(): void {
    this.at += 1;
    this.toContent();
  }

  /** To the next line with something on it. */
  private toContent(): void {
    for (; this.at < this.lines.length; this.at += 1) {
      const indent = indentOf(this.line());
      if (indent < this.line().length && this.line().charCodeAt(indent) !== 35) {
        this.indent = indent;
        return;
      }
    }
    this.indent = -1;
  }

  private line(): string {
    return this.lines[this.at] ?? '';
  }

  private block(indent: number): unknown {
    return this.line().charCodeAt(indent) === 45 && isDash(this.line(), indent)
      ? this.list(indent)
      : this.mapping(indent);
  }

  private mapping(indent: number): Readonly<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    while (this.indent === indent) {
      const match = entry.exec(indent === 0 ? this.line() : this.line().slice(indent));
      if (match === null) throw notPlain;
      const [, plain, double, single, value] = match;
      const key = plain ?? double ?? single ?? '';
      if ((plain !== undefined && words.test(plain)) || key === '__proto__' || Object.hasOwn(found, key))
        throw notPlain;
      found[key] =
        value === undefined || value.startsWith('#') ? this.below(indent, value) : this.value(value, indent);
    }
    return found;
  }

  /** What stands below a key: a list may start where the key does. */
  private below(indent: number, comment: string | undefined): unknown {
    if (comment !== undefined) throw notPlain;
    this.next();
    if (this.indent > indent) return this.block(this.indent);
    return this.indent === indent && isDash(this.line(), indent) ? this.list(indent) : null;
  }

  private list(indent: number): readonly unknown[] {
    const found: unknown[] = [];
    while (this.indent === indent && isDash(this.line(), indent)) {
      const line = this.line();
      const rest = line.slice(indent + 1);
      const inner = indent + 1 + indentOf(rest);
      const content = line.slice(inner);
      if (content === '' || /^(?:#|-(?: |$))/.test(content)) throw notPlain;
      if (entry.test(content)) {
        // A mapping that starts beside its dash: as if it stood alone.
        this.lines[this.at] = ' '.repeat(inner) + content;
        this.indent = inner;
        found.push(this.mapping(inner));
      } else found.push(this.value(content, indent));
    }
    return found;
  }

  /** A value on one line; what is further in than its line would belong to it. */
  private value(text: string, indent: number): unknown {
    const value = text.trimEnd();
    if (value === '|' || value === '|-') return this.literal(indent, value === '|');
    const found = this.scalar(value);
    this.next();
    if (this.indent > indent) throw notPlain;
    return found;
  }

  private scalar(text: string): unknown {
    const first = text.charCodeAt(0);
    // A letter or a slash: a text, unless it is a word or goes on with something that YAML reads.
    if ((first >= 65 && first <= 90) || (first >= 97 && first <= 122) || first === 47) {
      if (text.includes(': ') || text.includes(' #') || text.endsWith(':')) throw notPlain;
      return words.test(text) ? this.readValue(text) : text;
    }
    if (/^(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
    if (/^"[^"\\]*"$/.test(text) || /^'[^']*'$/.test(text)) return text.slice(1, -1);
    // A number with a unit, an address.
    if (/^\d+(?:[GKMT]i?|m|s|h|%|(?:\.\d+){3}(?:\/\d+)?)$/.test(text)) return text;
    return this.other(text);
  }

  /** Anything else that stands on its line alone. */
  private other(text: string): unknown {
    if (/^[>|&*!%@`?-]/.test(text) && !/^-\d/.test(text)) throw notPlain;
    if (text.includes(': ') && !/^["'[{]/.test(text)) throw notPlain;
    try {
      return this.readValue(text);
    } catch {
      throw notPlain;
    }
  }

  /** A text of whole lines. */
  private literal(indent: number, endsWithBreak: boolean): string {
    this.at += 1;
    const depth = indentOf(this.line());
    if (depth <= indent || depth >= this.line().length) throw notPlain;
    const kept: string[] = [];
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.line();
      const found = indentOf(line);
      if (found >= line.length) {
        // A line of spaces may be part of the text.
        if (line.length > depth) throw notPlain;
        kept.push('');
      } else if (found < depth) {
        if (found > indent) throw notPlain;
        break;
      } else kept.push(line.slice(depth));
    }
    while (kept.at(-1) === '') kept.pop();
    this.toContent();
    return kept.join('\n') + (endsWithBreak ? '\n' : '');
  }
}

function isDash(line: string, indent: number): boolean {
  return line.charCodeAt(indent) === 45 && (line.length === indent + 1 || line.charCodeAt(indent + 1) === 32);
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent += 1;
  return indent;
}
