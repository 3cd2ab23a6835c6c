/** One row of the comment, with what can be left out of it where the room is short. */
export interface Block {
  readonly section: Section;
  /** 0 goes last: what is destroyed, and who gains access. */
  readonly rank: 0 | 1 | 2;
  /** The row itself, in Markdown and as HTML. */
  readonly head: string;
  readonly htmlHead: string;
  /** Sentences under it, and what is to be copied; empty where there is none. */
  readonly note: string;
  /** Names, one in each line. */
  readonly items: readonly string[];
  /** What differs, made only where there is room for it; empty where there is nothing to show. */
  readonly details: () => string;
  /** As what it is counted where it is left out: `update Deployment`. */
  readonly kind: string;
  /** How many changes it stands for. */
  readonly count: number;
}

/** In the order in which they are read. */
export const sections = [
  'Not reviewed',
  'Destroyed, or made anew',
  'Access',
  'Gates',
  'Cost',
  'Other changes',
  'Notes',
] as const;
export type Section = (typeof sections)[number];

/** How much of a block is shown. */
export interface Shown {
  head: boolean;
  note: boolean;
  items: number;
  details: boolean;
}

/** A block as Markdown, as far as it is shown. */
export function renderBlock(block: Block, shown: Shown): string {
  if (!shown.head) return '';
  const more = block.items.length - shown.items;
  const items = [
    ...block.items.slice(0, shown.items),
    ...(more > 0 && shown.items > 0 ? [andMore(more)] : []),
  ];
  const note = shown.note && block.note !== '' ? block.note : '';
  const details = shown.details ? block.details() : '';
  if (block.rank === 2 && (details !== '' || items.length > 0)) {
    return [
      `<details><summary>${block.htmlHead}</summary>`,
      ...(note === '' ? [] : [note]),
      ...(items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')]),
      ...(details === '' ? [] : [details]),
      '</details>\n\n',
    ].join('\n\n');
  }
  const row = [
    `- ${block.head}`,
    ...(note === '' ? [] : [indented(note)]),
    ...items.map((item) => `  - ${item}`),
    '',
  ].join('\n');
  return details === ''
    ? row
    : `${row}\n<details><summary>What differs</summary>\n\n${details}\n\n</details>\n\n`;
}

/** As a part of the row above it. */
function indented(note: string): string {
  return note.replace(/^(?=.)/gm, '  ');
}

function andMore(n: number): string {
  return `and ${String(n)} more`;
}
