import { findPastedSecrets } from './credentials';
import { isTree } from './environments';
import { explain, nameKeys, valueAt } from './explain';
import { findExpressions } from './expressions';
import type { ConfigPath, Problem } from './problem';
import { regionNames } from './regions';
import { type Config, platformSchema } from './schema';
import { interpreted } from './schema/common';

/** What came of checking one environment. */
export interface ParseResult {
  /** The configuration; with problems, what is left of it without the parts that are wrong, for further checks. */
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
  /** Parts that were left out; what depends on them cannot be judged. */
  readonly removed: readonly ConfigPath[];
}

/** Values for what is required, only ever used to look for further problems. */
const standIns = {
  version: 1,
  name: 'unknown',
  google: { project: 'unknown', region: regionNames[0] },
};

/** Checks the content against the schema and tells every problem at once. */
export function parseConfig(value: unknown): ParseResult {
  const pasted = findPastedSecrets(value);
  const covers = (path: ConfigPath) => pasted.some((problem) => begins(path, problem.path));
  const refused = [...pasted, ...findExpressions(value).filter(({ path }) => !covers(path))];
  const problems = [...refused];
  // What else is wrong with such a text does not matter: it has to go.
  const removed = refused.map(({ path }) => path);
  let rest: unknown = structuredClone(value);
  // Each round takes away what is wrong, so that the remainder can still be checked; defaults and required parents
  // settle it in a few rounds.
  for (let round = 0; round < 12; round++) {
    const parsed = platformSchema.safeParse(rest, { error: nameKeys, ...interpreted });
    if (parsed.success) return { config: parsed.data, problems, removed };
    for (const issue of parsed.error.issues) {
      const path = issue.path as ConfigPath;
      const told = refused.some((problem) => begins(path, problem.path));
      if (round === 0 && !told) problems.push(...explain(issue, value));
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) rest = without(rest, [...path, key]);
      } else {
        const gone = existing(rest, path);
        if (gone.length > 0) {
          rest = without(rest, gone);
          removed.push(gone);
        } else if (isTree(rest)) {
          // Nothing is left to take away: a required part is missing. With a stand-in, the rest can be judged.
          rest = { ...standIns, ...rest };
        }
      }
    }
  }
  return { config: undefined, problems, removed };
}

function begins(path: ConfigPath, head: ConfigPath): boolean {
  return head.every((part, i) => path[i] === part);
}

/** The longest beginning of the path that exists. */
function existing(value: unknown, path: ConfigPath): ConfigPath {
  for (let length = path.length; length > 0; length--) {
    if (valueAt(value, path.slice(0, length)) !== undefined) return path.slice(0, length);
  }
  return [];
}

/** A copy without what stands at the path. */
function without(value: unknown, path: ConfigPath): unknown {
  const [head, ...tail] = path;
  if (head === undefined) return undefined;
  if (Array.isArray(value)) {
    return tail.length === 0
      ? value.filter((_, i) => i !== head)
      : value.map((item, i) => (i === head ? without(item, tail) : (item as unknown)));
  }
  if (!isTree(value)) return value;
  const { [String(head)]: inner, ...others } = value;
  return tail.length === 0 ? others : { ...others, [String(head)]: without(inner, tail) };
}
