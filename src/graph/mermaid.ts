import type { Platform } from '../model/platform';
import { buildGraph } from './build';
import type { EdgeKind, Graph, GraphGroup, GraphNode } from './graph';
import { accents } from './palette';
import { plain } from './text';

/**
 * Arrows by what they say: thick for what is run, dotted for where it runs. Those to the data are longer, since the
 * data stands behind the node pools: in one column with them, Mermaid draws its arrows across the boxes.
 */
const arrows: Readonly<Record<EdgeKind, string>> = {
  'part-of': '==>',
  database: '---->',
  secret: '---->',
  bucket: '---->',
  placement: '-.->',
  image: '-...->',
  network: '-.->',
};

/** The platforms as one Mermaid flowchart: it can stand in a README, and a change to it reads well as a diff. */
export function renderMermaid(...platforms: readonly Platform[]): string {
  const graph = buildGraph(...platforms);
  const ids = mermaidIds([...graph.groups, ...graph.nodes].map((one) => one.id));
  const id = (of: string) => ids.get(of) ?? of;
  const kinds = [...new Set(graph.nodes.map((node) => node.kind))].sort();
  return [
    'flowchart LR',
    ...drawGroup(graph, null, 1, id),
    ...graph.edges.map(
      (edge) => `  ${id(edge.from)} ${arrows[edge.kind]}|"${escapeMermaid(edge.label)}"| ${id(edge.to)}`,
    ),
    // Only the frame is coloured, so that the text keeps the contrast of the reader's theme, dark or light.
    ...kinds.map((kind) => `  classDef ${kind} stroke:${accents[kind].light},stroke-width:2px`),
    '',
  ].join('\n');
}

function drawGroup(graph: Graph, parent: string | null, depth: number, id: (of: string) => string): string[] {
  const indent = '  '.repeat(depth);
  return graph.groups
    .filter((group) => group.parent === parent)
    .flatMap((group) => [
      `${indent}subgraph ${id(group.id)}["${escapeMermaid(titleOfGroup(group))}"]`,
      // Mermaid turns a frame that no edge leaves, as the outermost, unless it is told.
      ...(parent === null ? [`${indent}  direction LR`] : []),
      ...drawGroup(graph, group.id, depth + 1, id),
      ...graph.nodes
        .filter((node) => node.group === group.id)
        .map((node) => `${indent}  ${id(node.id)}["${labelOf(node)}"]:::${node.kind}`),
      `${indent}end`,
    ]);
}

/** Mermaid does not widen a frame for its title, so only the outermost has room for more. */
function titleOfGroup(group: GraphGroup): string {
  return group.parent === null ? `${group.title} (${group.detail})` : group.title;
}

function labelOf(node: GraphNode): string {
  const title = `<b>${escapeMermaid(node.title)}</b>`;
  const caption = node.caption === null ? [] : [escapeMermaid(node.caption)];
  return [...caption, title, ...node.lines.map(escapeMermaid)].join('<br/>');
}

/**
 * Text for a quoted label. Everything that Mermaid, its Markdown or HTML may read as more than text becomes an entity
 * code; a hyphen at the start and a full stop before a blank do as well, since they would make a list. Two things that
 * Mermaid reads after it has decoded the entities, icons such as fa:fa-car and formulas between dollars, are broken
 * by a zero-width space.
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function escapeMermaid(text: string): string {
  return plain(text)
    .replace(/\$|(?<=\bfa[bklrs]?):/gu, '$&\u200b')
    .replace(/[^\p{L}\p{N} ,./-]|^-|\.(?=\s|$)/gu, (character) => `#${String(character.codePointAt(0))};`);
}

/** Identifiers that keep the keys readable, so that adding one thing changes one line. */
function mermaidIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    ids.map((id) => {
      const readable = id.replace(/[^A-Za-z0-9]+/g, '_');
      let free = readable;
      for (let n = 2; taken.has(free); n++) free = `${readable}_${String(n)}`;
      taken.add(free);
      return [id, free];
    }),
  );
}
