import type { GraphNode } from './graph';
import { wrap } from './text';

/** Font sizes and distances, in pixels. */
export const sizes = {
  caption: 10,
  title: 13,
  line: 11,
  edge: 10.5,
  group: 12,
  lineHeight: 15,
  padX: 12,
  padY: 9,
  stripe: 4,
  textWidth: 200,
  margin: 1,
} as const;

/** The texts of a node, broken into lines. */
export interface NodeText {
  readonly caption: string | null;
  readonly title: readonly string[];
  readonly lines: readonly string[];
}

export function textOf(node: GraphNode): NodeText {
  const maxWidth = sizes.textWidth;
  return {
    caption:
      node.caption === null
        ? null
        : (wrap(node.caption, { maxWidth, maxLines: 1, fontSize: sizes.caption, bold: true })[0] ?? null),
    title: wrap(node.title, { maxWidth, maxLines: 2, fontSize: sizes.title, bold: true }),
    lines: node.lines.flatMap((line) => wrap(line, { maxWidth, maxLines: 2, fontSize: sizes.line })),
  };
}

/** Edge labels are short, but hold the names of databases. */
export function edgeLabel(label: string): string {
  return wrap(label, { maxWidth: 150, maxLines: 1, fontSize: sizes.edge })[0] ?? '';
}

/** Group titles hold names of up to 63 characters. */
export function groupTitle(title: string): string {
  return wrap(title, { maxWidth: 420, maxLines: 1, fontSize: sizes.group, bold: true })[0] ?? '';
}
