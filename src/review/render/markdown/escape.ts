import { partsOf } from '../code-parts';
import { clipped } from '../plain';

/**
 * Text from outside as a code span: in one, no forge looks for links, mentions, references or commands.
 * @see https://github.github.com/gfm/#code-spans
 */
export function code(text: string, longest = 200): string {
  const safe = clipped(text, longest);
  if (safe.trim() === '') return '` `';
  const fence = '`'.repeat(1 + longestRun(safe));
  const pad = /^[` ]|[` ]$/.test(safe) ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** The same within HTML, where Markdown means nothing. */
export function htmlCode(text: string, longest = 200): string {
  return `<code>${escapeHtml(clipped(text, longest))}</code>`;
}

/** Text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** A sentence of ours that carries names from outside: the names as code, and never first in its line. */
export function prose(sentence: string, longest = 1000): string {
  return partsOf(clipped(sentence, longest))
    .map((part) => (part.code ? code(part.text, longest) : part.text))
    .join('')
    .trim();
}

/** Lines in a fence that none of them can close. */
export function fenced(language: string, lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, 1 + longestRun(lines.join('\n'))));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** Length as a forge counts it. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
