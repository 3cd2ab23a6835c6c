import type { ConfigPath, Problem } from './problem';
import { environmentName } from './schema';

/** A plain map, as YAML gives it. */
type Tree = Readonly<Record<string, unknown>>;

/** The content for one environment, before it is checked. */
export interface RawEnvironment {
  /** Null where the file declares no environments. */
  readonly name: string | null;
  readonly value: unknown;
}

/**
 * Lays each environment over the rest of the file: maps merge, lists and single values replace, null removes.
 * Without `environments` the file itself is the only one.
 */
export function splitEnvironments(value: unknown): { environments: RawEnvironment[]; problems: Problem[] } {
  if (!isTree(value) || !('environments' in value))
    return { environments: [{ name: null, value }], problems: [] };
  const { environments: overlays, ...base } = value;
  const problems: Problem[] = [];
  if (!isTree(overlays) || Object.keys(overlays).length === 0) {
    problems.push({
      path: ['environments'],
      message: 'environments is a map from a name to what differs there',
      found: describe(overlays),
      allowed: '{ NAME: { … } }',
      fix: 'for example staging: {}; without environments, remove the key',
    });
    return { environments: [{ name: null, value: base }], problems };
  }
  const environments = Object.entries(overlays).map(([name, overlay]) => {
    const origin: ConfigPath = ['environments', name];
    const parsed = environmentName.safeParse(name);
    if (!parsed.success) {
      problems.push({
        path: origin,
        at: 'key',
        message: 'this cannot be the name of an environment',
        found: name,
        allowed: parsed.error.issues.map((issue) => issue.message).join('; '),
        fix: `for example ${
          name
            .toLowerCase()
            .replace(/[^a-z0-9]/g, '')
            .slice(0, 16) || 'staging'
        }`,
      });
    }
    if (overlay !== null && !isTree(overlay)) {
      problems.push({
        path: origin,
        message: 'an environment is a map of what differs there',
        found: describe(overlay),
        allowed: 'a map, or {} where nothing differs',
        fix: `write ${name}: {}, or ${name}: { KEY: VALUE }`,
      });
    }
    return { name, value: isTree(overlay) ? overlayOnto(base, overlay, origin, problems) : base };
  });
  return { environments, problems };
}

function overlayOnto(base: Tree, overlay: Tree, origin: ConfigPath, problems: Problem[]): Tree {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(overlay)) {
    const path = [...origin, key];
    if (value === null) {
      if (!Object.hasOwn(base, key)) {
        problems.push({
          path,
          at: 'key',
          message: 'null removes a key, but without this environment there is none',
          found: `${key}: null`,
          allowed: 'null for keys that stand outside of environments',
          fix: 'remove the line',
        });
      }
      Reflect.deleteProperty(result, key);
    } else if (isTree(value)) {
      const below = base[key];
      result[key] = overlayOnto(isTree(below) ? below : {}, value, path, problems);
    } else {
      result[key] = value;
    }
  }
  return result;
}

/** Whether it is a map. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, in a word or as its text. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) {
    const simple = value.length <= 8 && value.every((item) => typeof item !== 'object');
    return simple ? `[${value.join(', ')}]` : `a list of ${value.length}`;
  }
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  const text = typeof value === 'string' ? value : `${JSON.stringify(value)} (a ${typeof value})`;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text === '' ? "'' (an empty text)" : text;
}
