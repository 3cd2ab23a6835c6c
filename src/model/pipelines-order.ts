import type { ConfigPath } from '../config/problem';
import type { DagTask } from './platform';
import type { Scope } from './scope';

/** Something that comes after others of its kind. */
interface Node {
  readonly key: string;
  readonly after: readonly string[];
}

/**
 * The nodes, each after those that it comes after, otherwise as they were; and a cycle where there is one, from a node
 * back to itself.
 */
export function inOrder<T extends Node>(nodes: readonly T[]): { ordered: T[]; cycle: string[] | undefined } {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const done = new Set<string>();
  const ordered: T[] = [];
  let cycle: string[] | undefined;
  const visit = (node: T, trail: readonly string[]): void => {
    if (done.has(node.key)) return;
    const again = trail.indexOf(node.key);
    if (again !== -1) {
      cycle ??= [...trail.slice(again), node.key];
      return;
    }
    for (const key of node.after) {
      const before = byKey.get(key);
      if (before !== undefined) visit(before, [...trail, node.key]);
    }
    if (done.has(node.key)) return;
    done.add(node.key);
    ordered.push(node);
  };
  for (const node of nodes) visit(node, []);
  return { ordered, cycle };
}

/** Tells of a cycle at the setting of its first node. */
export function tellCycle(
  scope: Scope,
  cycle: readonly string[],
  path: ConfigPath,
  what: 'pipelines' | 'tasks',
): void {
  const [first = '', second = ''] = cycle;
  scope.problems.add({
    path,
    message: `these ${what} wait for each other, so none of them would ever run`,
    found: cycle.join(' after '),
    allowed: `${what} that do not come after themselves`,
    fix: `remove ${second} here, or another link of the chain${first === second ? '' : ` from ${first} to itself`}`,
  });
}

/**
 * Tasks in order, with the names of tasks that several tables stand for replaced by theirs, and the mark of those that
 * a skipped task comes before.
 * @param made tasks by the name that the file has for them
 */
export function orderTasks(
  scope: Scope,
  made: ReadonlyMap<string, readonly DagTask[]>,
  pipeline: string,
): DagTask[] {
  const path = (key: string): ConfigPath => ['pipelines', pipeline, 'tasks', key, 'after'];
  const nodes = [...made].map(([key, tasks]) => ({ key, after: tasks[0]?.after ?? [], tasks }));
  for (const { key, after } of nodes) {
    after.forEach((name, i) => {
      scope.problems.reference([...path(key), i], name, 'task', ['pipelines', pipeline, 'tasks'], made);
    });
  }
  const { ordered, cycle } = inOrder(nodes);
  if (cycle !== undefined) tellCycle(scope, cycle, path(cycle[0] ?? ''), 'tasks');
  const skippable = new Set<string>();
  return ordered.flatMap(({ key, after, tasks }) => {
    const followsSkipped = after.some((name) => skippable.has(name));
    if (followsSkipped || tasks.some(({ days }) => days !== null)) skippable.add(key);
    const upstream = after.flatMap((name) => (made.get(name) ?? []).map((task) => task.key));
    return tasks.map((task) => ({ ...task, after: upstream, followsSkipped }));
  });
}
