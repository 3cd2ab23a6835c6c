import { formatPath } from '../config/problem';
import type { Platform } from '../model/platform';
import { buildGraph } from './build';
import type { Graph, GraphEdge, GraphGroup, GraphNode } from './graph';
import { type Box, type Curve, layOut } from './layout';
import type { Mark } from './marks';
import { edgeLabel, groupTitle, sizes, textOf } from './metrics';
import { svgStyle } from './svg-style';
import { counted, escapeXml, widthOf } from './text';

/** The platforms as one SVG that needs nothing beside itself: no font, no script, no request. */
export async function renderSvg(...platforms: readonly Platform[]): Promise<string> {
  const { markup } = await drawGraph(buildGraph(...platforms), { style: true });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markup}\n`;
}

/** A drawing and its natural width in pixels. */
export interface Drawing {
  readonly markup: string;
  readonly width: number;
}

/**
 * Draws the graph.
 * @param options.style - whether the colours are in the drawing; a page with several drawings has them once
 * @param options.marks - what is marked as changed, by the id of the node or the group
 */
export async function drawGraph(
  graph: Graph,
  options: { readonly style: boolean; readonly marks?: ReadonlyMap<string, Mark> },
): Promise<Drawing> {
  const marks = options.marks ?? new Map<string, Mark>();
  const layout = await layOut(graph);
  const width = Math.ceil(layout.width);
  const height = Math.ceil(layout.height);
  const origin: Box = { x: 0, y: 0, width: 0, height: 0 };
  const markup = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tl" role="img" aria-label="${escapeXml(`The platform ${graph.title}`)}" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}">`,
    ...(options.style ? [`<style>${svgStyle}</style>`] : []),
    `<rect class="tl-page" width="${n(width)}" height="${n(height)}"/>`,
    ...graph.groups.map((group) => drawGroup(graph, group, layout.groups.get(group.id) ?? origin)),
    ...graph.edges.flatMap((edge, i) => drawEdge(edge, layout.edges[i])),
    ...graph.groups.map((group) =>
      drawGroupTitle(graph, group, layout.groups.get(group.id) ?? origin, marks.get(group.id)),
    ),
    ...graph.nodes.map((node) => drawNode(node, layout.nodes.get(node.id) ?? origin, marks.get(node.id))),
    ...graph.edges.flatMap((edge, i) => drawEdgeLabel(edge, layout.edges[i])),
    '</svg>',
  ].join('\n');
  return { markup, width };
}

function drawGroup(graph: Graph, group: GraphGroup, box: Box): string {
  const depth = depthOf(graph, group);
  return `<g class="tl-group tl-depth-${n(depth)}">${tooltip([group.title, group.detail, placeOf(group)])}${rect(box, depth === 0 ? 14 : 10)}</g>`;
}

/** Drawn over the edges, which may pass behind it: Graphviz keeps them off nodes, not off the titles of frames. */
function drawGroupTitle(graph: Graph, group: GraphGroup, box: Box, mark: Mark | undefined): string {
  const x = box.x + 14;
  const y = box.y + 20;
  return [
    `<g class="tl-heading tl-on-${n(depthOf(graph, group))}${markClass(mark)}"${markAttributes(mark)}>`,
    text('tl-group-title', x, y, groupTitle(group.title)),
    ...(group.detail === '' ? [] : [text('tl-line', x, y + sizes.lineHeight, group.detail)]),
    badge(mark, box),
    '</g>',
  ].join('');
}

function depthOf(graph: Graph, group: GraphGroup): number {
  const parent = graph.groups.find((one) => one.id === group.parent);
  return parent === undefined ? 0 : 1 + depthOf(graph, parent);
}

function drawNode(node: GraphNode, box: Box, mark: Mark | undefined): string {
  const { caption, title, lines } = textOf(node);
  const x = box.x + sizes.stripe + sizes.padX;
  let y = box.y + sizes.padY;
  const next = (height: number) => (y += height) - height * 0.27;
  return [
    `<g class="tl-node tl-${node.kind}${markClass(mark)}"${markAttributes(mark)}>`,
    tooltip([node.caption ?? '', node.title, ...node.lines, placeOf(node)]),
    rect(box, 8),
    // The stripe follows the rounded corners of the card.
    `<path class="tl-stripe" d="M${n(box.x + 8)} ${n(box.y)}a8 8 0 0 0 -8 8V${n(box.y + box.height - 8)}a8 8 0 0 0 8 8h-1a3 3 0 0 1 -3 -3V${n(box.y + 3)}a3 3 0 0 1 3 -3z"/>`,
    ...(caption === null ? [] : [text('tl-caption', x, next(sizes.lineHeight), caption)]),
    ...title.map((line) => text('tl-title', x, next(sizes.lineHeight * 1.1), line)),
    ...lines.map((line) => text('tl-line', x, next(sizes.lineHeight), line)),
    badge(mark, box),
    '</g>',
  ].join('');
}

function markClass(mark: Mark | undefined): string {
  return mark === undefined ? '' : ` tl-mark tl-mark-${mark.level}`;
}

/** What is marked can be chosen, by pointer and by keyboard. */
function markAttributes(mark: Mark | undefined): string {
  if (mark === undefined) return '';
  const label = `${mark.title}: ${counted(mark.changes.length, 'change')}`;
  return ` data-part="${n(mark.part)}" role="button" tabindex="0" aria-pressed="false" aria-label="${escapeXml(label)}"`;
}

/** How many changes, on the upper edge at the right. */
function badge(mark: Mark | undefined, box: Box): string {
  if (mark === undefined) return '';
  const label = n(mark.changes.length);
  const width = widthOf(label, sizes.line, true) + 14;
  const [x, y] = [box.x + box.width - width - 6, box.y - 8];
  return `<g class="tl-badge">${rect({ x, y, width, height: 17 }, 8.5)}<text x="${n(x + width / 2)}" y="${n(y + 12.5)}" text-anchor="middle">${label}</text></g>`;
}

function drawEdge(edge: GraphEdge, curve: Curve | undefined): string[] {
  if (curve === undefined) return [];
  const { start, points, tip } = curve;
  const last = points.at(-1) ?? start;
  const at = (point: { x: number; y: number }) => `${n(point.x)} ${n(point.y)}`;
  const length = Math.hypot(tip.x - last.x, tip.y - last.y) || 1;
  const across = { x: ((last.y - tip.y) / length) * 3.2, y: ((tip.x - last.x) / length) * 3.2 };
  const arrow = `M${at(tip)}L${at({ x: last.x + across.x, y: last.y + across.y })}L${at({ x: last.x - across.x, y: last.y - across.y })}z`;
  return [
    [
      `<g class="tl-edge tl-edge-${edge.kind}">`,
      tooltip([edge.sentence]),
      `<path class="tl-curve" d="M${at(start)}C${points.map(at).join(' ')}"/>`,
      `<path class="tl-arrow" d="${arrow}"/>`,
      '</g>',
    ].join(''),
  ];
}

/** Labels come last and on a ground of their own, so that no line crosses them out. */
function drawEdgeLabel(edge: GraphEdge, curve: Curve | undefined): string[] {
  const label = edgeLabel(edge.label);
  if (curve === undefined || label === '') return [];
  const width = widthOf(label, sizes.edge) + 8;
  const { x, y } = curve.label;
  return [
    [
      `<g class="tl-label tl-edge-${edge.kind}">`,
      tooltip([edge.sentence]),
      rect({ x: x - width / 2, y: y - 7.5, width, height: 15 }, 7.5),
      `<text x="${n(x)}" y="${n(y + 3.6)}" text-anchor="middle">${escapeXml(label)}</text>`,
      '</g>',
    ].join(''),
  ];
}

function placeOf({ origin }: GraphNode | GraphGroup): string {
  return origin === null ? '' : formatPath(origin);
}

function tooltip(lines: readonly string[]): string {
  return `<title>${lines
    .filter((line) => line !== '')
    .map(escapeXml)
    .join('\n')}</title>`;
}

function text(kind: string, x: number, y: number, content: string): string {
  return `<text class="${kind}" x="${n(x)}" y="${n(y)}">${escapeXml(content)}</text>`;
}

function rect(box: Box, radius: number): string {
  return `<rect x="${n(box.x)}" y="${n(box.y)}" width="${n(box.width)}" height="${n(box.height)}" rx="${n(radius)}"/>`;
}

/** A number with at most one decimal: enough for a pixel, and the same on every machine. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
