import { isTree, type PathChange, type Tree } from '../../src/review/types';

/** A key, an index, or the fields that a member of a list is found by. */
type Step = string | number | Readonly<Record<string, string>>;

/** `spec.ports[name=http].port`, `data["a.b"]`, `rules[2]` as its steps. */
function stepsOf(path: string): Step[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[([\w,]+)=([^\]]*)\]|([\w-]+)/g)].map(
    ([, quoted, index, keys, values, name]) => {
      if (index !== undefined) return Number(index);
      if (keys === undefined) return name ?? (quoted ?? '').replace(/\\(["\\])/g, '$1');
      const found = (values ?? '').split(',');
      return Object.fromEntries(keys.split(',').map((key, at) => [key, found[at] ?? '']));
    },
  );
}

/** What an object becomes when every path that a review tells is put in. */
export function applyObjectPaths(body: Tree, changes: readonly Pick<PathChange, 'path' | 'after'>[]): Tree {
  const result = structuredClone(body) as Record<string, unknown>;
  for (const { path, after } of changes) put(result, stepsOf(path), after);
  return result;
}

function put(container: unknown, [step, ...rest]: Step[], after: unknown): void {
  if (typeof step === 'string') {
    const tree = container as Record<string, unknown>;
    if (rest.length === 0) {
      if (after === undefined) Reflect.deleteProperty(tree, step);
      else tree[step] = after;
      return;
    }
    tree[step] ??= typeof rest[0] === 'string' ? {} : [];
    put(tree[step], rest, after);
    return;
  }
  const list = container as unknown[];
  const at =
    typeof step === 'number'
      ? step
      : list.findIndex(
          (item) =>
            isTree(item) && Object.entries(step ?? {}).every(([key, value]) => String(item[key]) === value),
        );
  if (rest.length > 0) put(list[at], rest, after);
  else if (after === undefined) list.splice(at, 1);
  else if (at < 0) list.push(after);
  else list[at] = after;
}
