import type { Diagnostic } from '../types';

/** A document of a stream of YAML, still as text. */
export interface TextDocument {
  readonly file: string;
  /** Line of its first character, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Splits a file of manifests at its `---` lines, without parsing: what is equal in text need never be parsed. */
export function splitDocuments(file: string, text: string): readonly TextDocument[] {
  const documents: TextDocument[] = [];
  let line = 1;
  let from = 0;
  let at = 0;
  const add = (to: number) => {
    const part = text.slice(from, to);
    if (/\S/.test(part)) documents.push({ file, line, text: part });
  };
  // By hand: a regular expression over megabytes costs as much as the comparison itself.
  while (at < text.length) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    if (isMarker(text, at, end < 0 ? text.length : end)) {
      add(at);
      line += countLines(text, from, next);
      from = next;
    }
    at = next;
  }
  add(text.length);
  return documents;
}

function isMarker(text: string, from: number, to: number): boolean {
  const start = text.startsWith('---', from) || text.startsWith('...', from);
  return start && (to - from === 3 || /^\s/.test(text.charAt(from + 3)));
}

export function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** The marker that git leaves where it could not merge; undefined where there is none. */
export function conflictIn(file: string, text: string, firstLine = 1): Diagnostic | undefined {
  const at = /^(?:(?:<{7}|>{7}|\|{7}) |={7}$)/m.exec(text)?.index;
  if (at === undefined) return undefined;
  return {
    level: 'error',
    file,
    line: firstLine + countLines(text, 0, at),
    message: 'a merge conflict was left in this file; resolve it, this part is not reviewed',
  };
}
