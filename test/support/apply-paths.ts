import { canonical } from '../../src/review/equal';
import { isTree, type PathChange, type Tree } from '../../src/review/types';

type Step = string | number;

/** `rules[2].ports["a.b"]` as its steps. */
function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([\w-]+)/g)].map(([, key, index, name]) =>
    index === undefined ? (name ?? (key ?? '').replace(/\\(["\\])/g, '$1')) : Number(index),
  );
}

/** What a side becomes when every path that a review reports is put in: the review is whole if that is the other side. */
export function applyPaths(
  values: Tree,
  changes: readonly Pick<PathChange, 'path' | 'before' | 'after'>[],
): Tree {
  const result = structuredClone(values) as Record<string, unknown>;
  for (const { path, before, after } of changes) {
    if (before === undefined && after === undefined) continue;
    put(result, stepsOf(path), before, after);
  }
  return compact(result) as Tree;
}

/** A block that went, until all indexes have been used. */
const gone = Symbol('gone');

function put(
  container: Record<string, unknown>,
  [step, ...rest]: Step[],
  before: unknown,
  after: unknown,
): void {
  const key = String(step);
  if (rest.length === 0) {
    container[key] = exchanged(container[key], before, after);
    return;
  }
  const [next] = rest;
  if (typeof next === 'number') {
    const list = listOf(container[key]);
    container[key] = list;
    const deeper = rest.slice(1);
    if (deeper.length === 0) list[next] = after ?? gone;
    else put((list[next] ??= {}) as Record<string, unknown>, deeper, before, after);
    return;
  }
  container[key] ??= {};
  const inner = container[key];
  put((Array.isArray(inner) ? inner[0] : inner) as Record<string, unknown>, rest, before, after);
}

/** A block among others is exchanged; any other value is set. */
function exchanged(current: unknown, before: unknown, after: unknown): unknown {
  if (!isTree(before) && !isTree(after)) return after ?? gone;
  const list = listOf(current);
  const at = list.findIndex((item) => canonical(item) === canonical(before));
  if (isTree(before) && at >= 0) list.splice(at, 1);
  return after === undefined ? list : [...list, after];
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === gone ? [] : [value];
}

function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== gone).map(compact);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== gone)
      .map(([key, item]) => [key, compact(item)]),
  );
}
