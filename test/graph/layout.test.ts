import { buildGraph } from '../../src/graph';
import { type Box, layOut } from '../../src/graph/layout';
import { widthOf, wrap } from '../../src/graph/text';
import { example, large, parsed } from './platforms';

const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

describe.each([
  ['the GitLab example', buildGraph(example('gitlab-meltano'))],
  ['the ten-line example', buildGraph(example('minimal'))],
  ['a large platform', buildGraph(...parsed(large(40)))],
  ['two environments', buildGraph(...parsed(large(5, 'environments: { one: {}, two: {} }')))],
])('the layout of %s', (_, graph) => {
  it('has every node inside its frame and clear of all others', async () => {
    const { nodes, groups } = await layOut(graph);
    for (const node of graph.nodes) {
      const box = nodes.get(node.id)!;
      expect(inside(box, groups.get(node.group)!)).toBe(true);
      for (const other of graph.nodes.filter((one) => one !== node)) {
        expect(overlap(box, nodes.get(other.id)!)).toBe(false);
      }
    }
  });

  it('has every frame inside the one around it, and all inside the picture', async () => {
    const { groups, width, height } = await layOut(graph);
    const page = { x: 0, y: 0, width, height };
    for (const group of graph.groups) {
      const around = group.parent === null ? page : groups.get(group.parent)!;
      expect(inside(groups.get(group.id)!, around)).toBe(true);
    }
  });

  it('has every edge begin and end at its nodes', async () => {
    const { nodes, edges } = await layOut(graph);
    const reach = ({ x, y, width, height }: Box) => ({
      x: x - 12,
      y: y - 12,
      width: width + 24,
      height: height + 24,
    });
    graph.edges.forEach((edge, i) => {
      const { start, tip } = edges[i]!;
      expect(inside({ ...tip, width: 0, height: 0 }, reach(nodes.get(edge.to)!))).toBe(true);
      const from = nodes.get(edge.from);
      if (from !== undefined) expect(inside({ ...start, width: 0, height: 0 }, reach(from))).toBe(true);
    });
  });
});

describe('wrapping', () => {
  const style = { maxWidth: 100, maxLines: 2, fontSize: 10 };

  it('breaks after the punctuation of a name and fits the width', () => {
    const lines = wrap('northwind-analytics-prod-state', style);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/-$/);
    expect(lines.join('')).toBe('northwind-analytics-prod-state');
    for (const line of lines) expect(widthOf(line, 10)).toBeLessThanOrEqual(100);
  });

  it('ends with an ellipsis what does not fit', () => {
    const lines = wrap('x'.repeat(400), style);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/x…$/);
    expect(widthOf(lines[1]!, 10)).toBeLessThanOrEqual(100);
  });

  it('keeps a short text, and gives no line for none', () => {
    expect(wrap('main', style)).toEqual(['main']);
    expect(wrap(' ', style)).toEqual([]);
  });
});
