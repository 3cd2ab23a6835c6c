import { partsOf } from '../code-parts';
import { paragraphsOf } from '../paragraphs';
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

/** An explanation: its sentences, and what is to be copied in fences. */
export function explained(explanation: string): string {
  return paragraphsOf(explanation)
    .slice(0, 8)
    .map((paragraph) =>
      'text' in paragraph
        ? prose(paragraph.text)
        : fenced(
            '',
            paragraph.block.slice(0, 12).map((line) => clipped(line, 300)),
          ),
    )
    .join('\n\n');
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
