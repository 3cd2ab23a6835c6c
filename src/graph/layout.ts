import type { Graph } from './graph';
import { graphvizInput } from './layout-input';
import { sizes } from './metrics';

/** A box of the drawing, in pixels from its top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A laid-out edge: a cubic Bézier spline, and the tip of its arrow. */
export interface Curve {
  readonly start: Point;
  /** Triples of two control points and an end. */
  readonly points: readonly Point[];
  readonly tip: Point;
  /** Middle of the label. */
  readonly label: Point;
}

/** Where everything is. Nodes and groups by id, edges in the order of the graph. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly groups: ReadonlyMap<string, Box>;
  readonly edges: readonly Curve[];
}

/**
 * Lays the graph out with Graphviz, from left to right. Graphviz sees only numbers for names and empty boxes of the
 * right size for texts, so that nothing in a name can mean anything to it.
 * @see https://graphviz.org/docs/layouts/dot/
 */
export async function layOut(graph: Graph): Promise<Layout> {
  // Loaded here and not above: the other commands must not pay for a megabyte of WebAssembly.
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  const input = graphvizInput(graph);
  const result = viz.render(input.graph, { format: 'json0', yInvert: true });
  if (result.status !== 'success') {
    throw new Error(
      `Graphviz could not lay the graph out: ${result.errors.map((e) => e.message).join('; ')}`,
    );
  }
  return readLayout(graph, input.turned, JSON.parse(result.output) as GraphvizOutput);
}

/** The part of Graphviz's JSON that is read. */
interface GraphvizOutput {
  readonly objects: readonly {
    readonly name: string;
    readonly bb?: string;
    readonly pos?: string;
    readonly width?: string;
    readonly height?: string;
  }[];
  readonly edges?: readonly { readonly id?: string; readonly pos?: string; readonly lp?: string }[];
}

function readLayout(graph: Graph, turned: readonly boolean[], output: GraphvizOutput): Layout {
  const objects = new Map(output.objects.map((object) => [object.name, object]));
  const edges = new Map((output.edges ?? []).map((edge) => [edge.id, edge]));
  const groups = graph.groups.map((_, i) => readBox(objects.get(`cluster_${String(i)}`)?.bb ?? '0,0,0,0'));
  const curves = graph.edges.map((_, i) => {
    const { pos = '', lp = '' } = edges.get(String(i)) ?? {};
    const [tip = '', ...rest] = pos.split(/\s+/);
    const points = rest.map(readPoint);
    if (turned[i] === true) points.reverse();
    const [start = { x: 0, y: 0 }, ...others] = points;
    return { start, points: others, tip: readPoint(tip.replace(/^[es],/, '')), label: readPoint(lp) };
  });
  // Graphviz leaves a border around everything; the picture ends where what is drawn ends.
  const corners = [
    ...groups.flatMap((box) => [box, { x: box.x + box.width, y: box.y + box.height }]),
    ...curves.flatMap((curve) => [curve.start, ...curve.points]),
  ];
  const left = Math.min(...corners.map((corner) => corner.x)) - sizes.margin;
  const top = Math.min(...corners.map((corner) => corner.y)) - sizes.margin;
  const moved = <T extends Point>(point: T): T => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.max(...corners.map((corner) => corner.x)) + sizes.margin - left,
    height: Math.max(...corners.map((corner) => corner.y)) + sizes.margin - top,
    groups: new Map(graph.groups.map((group, i) => [group.id, moved(groups[i] ?? readBox('0,0,0,0'))])),
    nodes: new Map(
      graph.nodes.map((node, i) => {
        const object = objects.get(`n${String(i)}`);
        const middle = readPoint(object?.pos ?? '');
        const width = Number(object?.width) * 72;
        const height = Number(object?.height) * 72;
        return [node.id, moved({ x: middle.x - width / 2, y: middle.y - height / 2, width, height })];
      }),
    ),
    edges: curves.map((curve) => ({
      start: moved(curve.start),
      points: curve.points.map(moved),
      tip: moved(curve.tip),
      label: moved(curve.label),
    })),
  };
}

function readPoint(text: string): Point {
  const [x = 0, y = 0] = text.split(',').map(Number);
  return { x, y };
}

function readBox(text: string): Box {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = text.split(',').map(Number);
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) };
}
