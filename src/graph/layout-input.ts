import type { Graph, GraphEdge, GraphGroup, GraphNode, NodeKind } from './graph';
import { edgeLabel, groupTitle, sizes, textOf } from './metrics';
import { widthOf } from './text';

/**
 * Columns from left to right. What the workloads run on stands before them, so that their arrows to the data find the
 * way free; the network stands where the cluster and the databases both reach it.
 */
const columns: Readonly<Record<NodeKind, number>> = {
  pipeline: 0,
  pool: 0,
  empty: 1,
  meltano: 1,
  airflow: 1,
  job: 1,
  network: 2,
  database: 3,
  bucket: 3,
  secret: 3,
  registry: 3,
};

/** What Graphviz lays out, and which of the edges were turned for it: those that lead to the left. */
export interface LayoutInput {
  readonly graph: object;
  readonly turned: readonly boolean[];
}

/** A graph of numbered boxes in numbered clusters. */
export function graphvizInput(graph: Graph): LayoutInput {
  const plan = planOf(graph);
  const turned = graph.edges.map((edge) => plan.span(edge) < 0);
  return {
    turned,
    graph: {
      directed: true,
      graphAttributes: { rankdir: 'LR', compound: true, newrank: true, nodesep: 0.18, ranksep: 0.3 },
      nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
      edgeAttributes: { arrowsize: 0.6 },
      subgraphs: subgraphsOf(graph, null, plan),
      edges: [
        ...graph.edges.map((edge, i) => drawnEdge(edge, i, turned[i] === true, plan)),
        ...holdInColumns(graph, plan),
      ],
    },
  };
}

/** What is looked up again and again while the input is written. */
interface Plan {
  /** Graphviz's names of nodes and groups. */
  readonly names: ReadonlyMap<string, string>;
  /** The node itself, or for a group the one that stands for it. */
  readonly anchor: (id: string) => string;
  readonly column: (node: GraphNode) => number;
  readonly span: (edge: GraphEdge) => number;
  readonly root: (group: string) => string;
  /** Width of the nodes in the node's column. */
  readonly width: (node: GraphNode) => number;
}

function planOf(graph: Graph): Plan {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const root = (group: string): string => {
    const parent = parents.get(group) ?? null;
    return parent === null ? group : root(parent);
  };
  // Pools share the column of the pipelines, unless a pipeline has a pool of its own: its arrow needs the way.
  const poolColumn = graph.edges.some(
    (edge) => edge.kind === 'placement' && nodes.get(edge.from)?.kind === 'pipeline',
  )
    ? -1
    : 0;
  const column = (node: GraphNode) => (node.kind === 'pool' ? poolColumn : columns[node.kind]);
  const anchors = anchorsOf(graph, parents);
  const anchor = (id: string) => anchors.get(id) ?? id;
  const columnAt = (id: string) => {
    const node = nodes.get(anchor(id));
    return node === undefined ? 0 : column(node);
  };
  const frame = (node: GraphNode) =>
    `${String(column(node))} ${column(node) === columns.database ? root(node.group) : node.group}`;
  const widths = widthsOf(graph, frame);
  return {
    names: new Map([
      ...graph.nodes.map((node, i) => [node.id, `n${String(i)}`] as const),
      ...graph.groups.map((group, i) => [group.id, `cluster_${String(i)}`] as const),
    ]),
    anchor,
    column,
    root,
    span: (edge) => columnAt(edge.to) - columnAt(edge.from),
    width: (node) => widths.get(frame(node)) ?? 0,
  };
}

/** For each group a node inside, of its last column where there is one: Graphviz draws edges between nodes only. */
function anchorsOf(graph: Graph, parents: ReadonlyMap<string, string | null>): Map<string, string> {
  const anchors = new Map<string, string>();
  const running = graph.nodes.filter((node) => columns[node.kind] === 1);
  for (const node of [...running, ...graph.nodes]) {
    for (let group: string | null = node.group; group !== null; group = parents.get(group) ?? null) {
      if (!anchors.has(group)) anchors.set(group, node.id);
    }
  }
  return anchors;
}

/** The nodes of one column of a frame are equally wide, so that their edges are in line; all data is one such column. */
function widthsOf(graph: Graph, frame: (node: GraphNode) => string): Map<string, number> {
  const groups = new Map(graph.groups.map((group) => [group.id, groupWidth(group)]));
  const widths = new Map<string, number>();
  for (const node of graph.nodes) {
    const title = columns[node.kind] === columns.database ? (groups.get(node.group) ?? 0) : 0;
    widths.set(frame(node), Math.max(widths.get(frame(node)) ?? 0, ownWidth(node), title));
  }
  return widths;
}

function drawnEdge(edge: GraphEdge, i: number, turned: boolean, plan: Plan): object {
  const ends = [plan.anchor(edge.from), edge.to].map((id) => plan.names.get(id) ?? '');
  const label = edgeLabel(edge.label);
  return {
    tail: ends[turned ? 1 : 0],
    head: ends[turned ? 0 : 1],
    attributes: {
      id: String(i),
      dir: turned ? 'back' : 'forward',
      minlen: Math.max(1, Math.abs(plan.span(edge))),
      weight: edge.kind === 'database' || edge.kind === 'part-of' ? 3 : 1,
      label: blank(widthOf(label, sizes.edge) + 12, sizes.lineHeight + 2),
      ...(plan.anchor(edge.from) === edge.from
        ? { tailport: 'e' }
        : { ltail: plan.names.get(edge.from) ?? '' }),
      // The left side of what runs belongs to the arrows of its pipelines.
      ...(edge.kind === 'placement' ? {} : { headport: 'w' }),
    },
  };
}

function subgraphsOf(graph: Graph, parent: string | null, plan: Plan): object[] {
  return graph.groups
    .filter((group) => group.parent === parent)
    .map((group) => ({
      name: plan.names.get(group.id) ?? '',
      graphAttributes: {
        label: blank(groupWidth(group), sizes.lineHeight * (group.detail === '' ? 1 : 2) + 4),
        labeljust: 'l',
        margin: 14,
      },
      nodes: graph.nodes
        .filter((node) => node.group === group.id)
        .map((node) => ({
          name: plan.names.get(node.id) ?? '',
          // Graphviz takes inches of 72 points.
          attributes: { width: plan.width(node) / 72, height: heightOf(node) / 72 },
        })),
      subgraphs: subgraphsOf(graph, group.id, plan),
    }));
}

/** What nothing leads to would stand in the first column and stretch its frame across the picture. */
function holdInColumns(graph: Graph, plan: Plan): object[] {
  const linked = new Set(graph.edges.flatMap((edge) => [plan.anchor(edge.from), edge.to]));
  return graph.nodes
    .filter((node) => !linked.has(node.id))
    .flatMap((node) => {
      const fixed = plan.anchor(plan.root(node.group));
      const span = plan.column(node) - 1;
      if (fixed === node.id || span === 0) return [];
      const ends = (span < 0 ? [node.id, fixed] : [fixed, node.id]).map((id) => plan.names.get(id) ?? '');
      return [{ tail: ends[0], head: ends[1], attributes: { style: 'invis', minlen: Math.abs(span) } }];
    });
}

function groupWidth(group: GraphGroup): number {
  return Math.max(widthOf(groupTitle(group.title), sizes.group, true), widthOf(group.detail, sizes.line));
}

function ownWidth(node: GraphNode): number {
  const text = textOf(node);
  return (
    Math.max(
      96,
      text.caption === null ? 0 : widthOf(text.caption, sizes.caption, true),
      ...text.title.map((line) => widthOf(line, sizes.title, true)),
      ...text.lines.map((line) => widthOf(line, sizes.line)),
    ) +
    2 * sizes.padX +
    sizes.stripe
  );
}

function heightOf(node: GraphNode): number {
  const text = textOf(node);
  const rows = text.title.length * 1.1 + text.lines.length + (text.caption === null ? 0 : 1);
  return rows * sizes.lineHeight + 2 * sizes.padY;
}

/** A label of this size with nothing in it. */
function blank(width: number, height: number): { html: string } {
  const size = `width="${String(Math.ceil(width))}" height="${String(Math.ceil(height))}"`;
  return {
    html: `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" ${size}><tr><td></td></tr></table>`,
  };
}
