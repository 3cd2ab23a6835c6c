import type { Platform } from '../model/platform';
import { renderHtml } from './html';
import { renderMermaid } from './mermaid';
import { renderSvg } from './svg';

/** The resolved platform as a picture: Mermaid for documents, SVG and HTML for people. */
export { buildGraph, titleOf } from './build';
export { type Mark, markChanges, type Marked } from './marks';
export { type Drawing, drawGraph } from './svg';
export { markStyle, svgStyle } from './svg-style';
export type { Graph, GraphEdge, GraphGroup, GraphNode } from './graph';
export { renderHtml, renderMermaid, renderSvg };

export type GraphFormat = 'mermaid' | 'svg' | 'html';

/** The platforms in one text; several, the environments of one file, stand below each other. */
export async function renderGraph(platforms: readonly Platform[], format: GraphFormat): Promise<string> {
  if (format === 'html') return renderHtml(platforms);
  return format === 'svg' ? renderSvg(...platforms) : renderMermaid(...platforms);
}
