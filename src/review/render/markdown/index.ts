import type { Review } from '../../types';
import { counted, withCommas } from '../plain';
import { headline } from '../rows';
import { type Block, renderBlock, sections, type Shown } from './block';
import { blocksOf } from './blocks';
import { bytesOf, code } from './escape';
import { fit } from './fit';

/** GitHub refuses more than 65,536 characters, and a marker and a footer are to come. */
export const markdownLimit = 60_000;

/** For the headings, and for the counts of what is left out. */
const reserved = 6_000;

/** At most so many kinds of what is left out are counted apart. */
const mostCounts = 12;

/** A review as a comment for a forge: never longer than `markdownLimit` bytes, whatever there is to tell. */
export function renderMarkdown(review: Review): string {
  const blocks = blocksOf(review);
  const shown = fit(blocks, markdownLimit - reserved);
  const text = [
    `## Review of the change\n\n**${headline(review)}**\n`,
    ...sections.flatMap((section) => {
      const rows = blocks.flatMap((block, at) =>
        block.section === section ? renderBlock(block, shown[at] ?? hidden) : [],
      );
      const content = rows.reduce(joined, '');
      return content === '' ? [] : [`### ${section}\n\n${content}`];
    }),
    ...leftOut(blocks, shown),
  ].join('\n');
  if (bytesOf(text) > markdownLimit) throw new Error('the comment is longer than what was reserved for it');
  return text;
}

const hidden: Shown = { head: false, note: false, items: 0, details: false };

/** HTML right after a list would be part of it; one blank line keeps them apart. */
function joined(text: string, row: string): string {
  const apart = row.startsWith('<details>') && text !== '' && !text.endsWith('\n\n');
  return `${text}${apart ? '\n' : ''}${row}`;
}

/** What there was no room for, as counts. */
function leftOut(blocks: readonly Block[], shown: readonly Shown[]): string[] {
  const counts = new Map<string, number>();
  blocks.forEach(({ kind, count }, at) => {
    if (shown[at]?.head !== true) counts.set(kind, (counts.get(kind) ?? 0) + count);
  });
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  const [told, rest] = [sorted.slice(0, mostCounts), sorted.slice(mostCounts)];
  const more = rest.reduce((sum, [, count]) => sum + count, 0);
  return [
    '### No room for\n',
    ...told.map(([kind, count]) => `- ${withCommas(count)} × ${code(kind, 60)}`),
    ...(more > 0 ? [`- ${counted(more, 'other row')}`] : []),
    '',
  ];
}
