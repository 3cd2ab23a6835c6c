import { readFileSync } from 'node:fs';

const key = /[\s]*(?:export[^\S\r\n]+)?(?:'([^']+)'|([^=#\s]+))[^\S\r\n]*/y;
const equals = /=[^\S\r\n]*/y;
const quoted = /'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"/sy;
const unquoted = /[^\r\n]*/y;
const ending = /(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|$)/y;
const restOfLine = /[^\r\n]*(?:\r\n|\n|\r)?/y;
const reference = /\$\{([^}:]*)(?::-([^}]*))?\}/g;
const escapes: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/**
 * Reads a `.env` file as python-dotenv does, which Meltano uses: `${X}` and `${X:-default}` look at the file before the
 * shell, `$X` stays, single quotes do not prevent it, a name without `=` is nothing.
 */
export function loadDotenv(file: string, shell: NodeJS.ProcessEnv): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  return parseDotenv(text, shell);
}

/** Reads the text of a `.env` file. */
export function parseDotenv(text: string, shell: NodeJS.ProcessEnv): Record<string, string> {
  const result: Record<string, string> = {};
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  while (at < text.length) {
    const start = at;
    const name = match(key);
    const sign = name && match(equals);
    const value = sign ? readValue(match, text[at] ?? '', sign[0].length > 1) : undefined;
    if (name && value !== null && match(ending)) {
      const called = name[1] ?? name[2] ?? '';
      if (value !== undefined) result[called] = resolve(value, result, shell);
      else Reflect.deleteProperty(result, called);
    } else {
      at = start;
      match(/\s*/y);
      match(restOfLine);
    }
  }
  return result;
}

function readValue(
  match: (pattern: RegExp) => RegExpExecArray | null,
  next: string,
  afterBlank: boolean,
): string | null {
  if (next === '#' && afterBlank) return '';
  if (next === "'" || next === '"') {
    const found = match(quoted);
    if (!found) return null;
    return found[1] !== undefined
      ? found[1].replace(/\\([\\'])/g, '$1')
      : (found[2] ?? '').replace(/\\([\\'"abfnrtv])/g, (_, c: string) => escapes[c] ?? c);
  }
  return (match(unquoted)?.[0] ?? '').replace(/\s+#.*/, '').trimEnd();
}

function resolve(value: string, before: Record<string, string>, shell: NodeJS.ProcessEnv): string {
  return value.replace(
    reference,
    (_, name: string, fallback?: string) => before[name] ?? shell[name] ?? fallback ?? '',
  );
}
