import type { SourceRange } from '../config';
import type { ConfigPath } from '../config/problem';
import type { Graph, GraphGroup, GraphNode, NodeKind } from './graph';

/** How much a part of the picture is touched; decides its colour. */
export type MarkLevel = 'danger' | 'warning' | 'notice' | 'info';

/** Something that changes, by the line of the configuration that asks for it. */
export interface Marked {
  readonly line: number;
  /** Type of the resource, or kind of the object. */
  readonly kind: string;
  readonly address: string;
  readonly level: MarkLevel;
}

/** The mark of a node or a group. */
export interface Mark {
  /** Number of the part among those that are marked. */
  readonly part: number;
  readonly title: string;
  readonly level: MarkLevel;
  /** Places in the list of what changes. */
  readonly changes: readonly number[];
}

/** The kinds of resources and objects that a node stands for; workloads stand for all that is not the others'. */
const ownKinds: readonly (readonly [NodeKind, RegExp])[] = [
  ['pool', /^google_container_node_pool$/],
  ['database', /^google_sql_/],
  ['bucket', /^google_storage_/],
  ['secret', /^google_secret_manager_|^(Secret|ExternalSecret|SecretStore|SecretProviderClass)$/],
  ['registry', /^google_artifact_registry_/],
  ['network', /^google_(compute|dns|service_networking|network)_/],
];

const workloads: ReadonlySet<NodeKind> = new Set(['pipeline', 'meltano', 'airflow', 'job']);

const levels: readonly MarkLevel[] = ['danger', 'warning', 'notice', 'info'];

/**
 * Which parts of the picture change: the node with the smallest stretch of the configuration that holds the line and
 * that stands for such a kind, else the group around it.
 * @param locate where a path of the configuration stands
 */
export function markChanges(
  graph: Graph,
  locate: (path: ConfigPath) => SourceRange,
  changes: readonly (Marked | null)[],
): ReadonlyMap<string, Mark> {
  const ranges = new Map(
    [...graph.nodes, ...graph.groups].flatMap((one) =>
      one.origin === null ? [] : [[one.id, locate(one.origin)] as const],
    ),
  );
  const found = new Map<string, number[]>();
  changes.forEach((change, at) => {
    if (change === null) return;
    for (const id of partsOf(graph, ranges, change)) found.set(id, [...(found.get(id) ?? []), at]);
  });
  const titles = new Map([...graph.nodes, ...graph.groups].map(({ id, title }) => [id, title]));
  return new Map(
    [...found].map(([id, list], part) => {
      const level = levels.find((one) => list.some((at) => changes[at]?.level === one)) ?? 'info';
      return [id, { part, title: titles.get(id) ?? id, level, changes: list }];
    }),
  );
}

function partsOf(graph: Graph, ranges: ReadonlyMap<string, SourceRange>, change: Marked): readonly string[] {
  const nodes = smallest(
    graph.nodes.filter((node) => standsFor(node, change.kind)),
    ranges,
    change.line,
  );
  if (nodes.length === 1) return nodes.map(({ id }) => id);
  // Several may be asked for on one line: then it is the one whose key is in the name.
  const named = nodes.filter(({ id }) => change.address.includes(id.replace(/^.*[:/]/, '')));
  if (named.length > 0) return named.map(({ id }) => id);
  if (nodes.length > 0) return nodes.map(({ id }) => id);
  return smallest(graph.groups, ranges, change.line)
    .slice(0, 1)
    .map(({ id }) => id);
}

function standsFor({ kind }: GraphNode, changed: string): boolean {
  const own = ownKinds.find(([, pattern]) => pattern.test(changed));
  return own === undefined ? workloads.has(kind) : own[0] === kind;
}

function smallest<T extends GraphNode | GraphGroup>(
  all: readonly T[],
  ranges: ReadonlyMap<string, SourceRange>,
  line: number,
): readonly T[] {
  const sizeOf = ({ id }: T) => {
    const range = ranges.get(id);
    if (range === undefined || line < range.line || line > range.lastLine) return Number.POSITIVE_INFINITY;
    return range.lastLine - range.line;
  };
  const least = Math.min(...all.map(sizeOf), Number.MAX_VALUE);
  return all.filter((one) => sizeOf(one) === least);
}
