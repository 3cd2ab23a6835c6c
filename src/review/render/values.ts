import { embeddedJson } from '../equal';
import { diffLines, type DiffLine } from '../page/diff-lines';
import type { PathChange } from '../types';
import { clipped } from './plain';

/** A value in one line, at most so long. */
export function shortValue(value: unknown, longest: number): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string')
    return clipped(value === '' || value !== value.trim() ? JSON.stringify(value) : value, longest);
  return clipped(JSON.stringify(value), longest);
}

/** Whether both values can be read in one line of a terminal. */
export function isShort({ before, after }: PathChange): boolean {
  return [before, after].every((value) => {
    const text = typeof value === 'string' ? value : ((JSON.stringify(value) as string | undefined) ?? '');
    return text.length <= 60 && !text.includes('\n');
  });
}

/** A value as the lines that a person would compare: embedded JSON is laid out. */
export function linesOf(value: unknown): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'string') return JSON.stringify(value, undefined, 2).split('\n');
  const json = embeddedJson(value);
  return json === undefined
    ? value.replace(/\n$/, '').split(/\r?\n/)
    : JSON.stringify(json, undefined, 2).split('\n');
}

/** What differs between two values, with a little around it; at most so many lines. */
export function excerpt({ before, after }: PathChange, most: number): DiffLine[] {
  const lines = diffLines(linesOf(before), linesOf(after));
  const near = new Set(lines.flatMap(({ mark }, at) => (mark === ' ' ? [] : [at - 1, at, at + 1])));
  const shown: DiffLine[] = [];
  let left = 0;
  lines.forEach((line, at) => {
    if (!near.has(at)) {
      if (near.has(at - 1) && shown.length < most) shown.push({ mark: ' ', text: '…' });
    } else if (shown.length < most) shown.push(line);
    else if (line.mark !== ' ') left += 1;
  });
  const [last] = shown.slice(-1);
  if (last?.text === '…' && last.mark === ' ') shown.pop();
  return left === 0 ? shown : [...shown, { mark: ' ', text: `… and ${String(left)} more lines that differ` }];
}
