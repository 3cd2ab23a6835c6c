import { listed, nearest } from '../config/nearest';
import type { ConfigPath } from '../config/problem';
import type { Config } from '../config/schema';
import { renamable } from '../config/schema/renamed';
import type { Platform } from './platform';
import { Problems } from './problems';
import type { Resolution } from './resolve';
import { sortedEntries } from './scope';

/** One key that was renamed. */
interface Rename {
  /** The key under `renamed`. */
  readonly entry: string;
  /** Path of the map that holds the thing. */
  readonly section: ConfigPath;
  readonly from: string;
  readonly to: string;
}

/**
 * Resolves a configuration in which keys were renamed.
 *
 * Whatever is called after a key, at Google or in Kubernetes, must keep its name, or it would be made anew. So the
 * platform is resolved with the keys as they were, and every name comes out as it was; only the addresses in Terraform
 * are those of the keys as they are, which a second resolution gives.
 */
export function resolveRenamed(config: Config, resolve: (config: Config) => Resolution): Resolution {
  const current = resolve(config);
  const problems = new Problems();
  const renames = checkedRenames(config, problems);
  if (!current.ok || problems.list.length > 0) {
    return { ok: false, problems: [...(current.ok ? [] : current.problems), ...problems.list] };
  }
  if (renames.length === 0) return current;
  const former = resolve(withFormerKeys(config, renames));
  const placeNow = (path: ConfigPath) => pathNow(path, renames);
  if (!former.ok) {
    return {
      ok: false,
      problems: former.problems.map((problem) => ({ ...problem, path: placeNow(problem.path) })),
    };
  }
  return {
    ok: true,
    platform: withOrigins(
      {
        ...former.platform,
        renames: {
          keys: renames.map(({ section, from, to }) => ({ section, from, to })),
          platform: current.platform,
        },
      },
      placeNow,
    ),
  };
}

function checkedRenames(config: Config, problems: Problems): Rename[] {
  const renames = sortedEntries(config.renamed).map(([entry, to]): Rename => {
    const dot = entry.lastIndexOf('.');
    const section = entry.slice(0, dot);
    return {
      entry,
      section: section.split('.'),
      from: entry.slice(dot + 1),
      to: to.startsWith(`${section}.`) ? to.slice(dot + 1) : to,
    };
  });
  return renames.filter((rename) => isSound(config, rename, renames, problems));
}

function isSound(config: Config, rename: Rename, renames: readonly Rename[], problems: Problems): boolean {
  const { entry, section, from, to } = rename;
  const name = section.join('.');
  const path = ['renamed', entry];
  const there = { path, dependsOn: [section] };
  if (!(renamable as readonly string[]).includes(name)) {
    const near = nearest(name, renamable);
    problems.add({
      ...there,
      at: 'key',
      message: `keys of '${name}' cannot be renamed`,
      found: entry,
      allowed: listed(renamable),
      fix: near === undefined ? 'give it its old key again' : `did you mean '${near}.${from}'?`,
    });
    return false;
  }
  if (to.includes('.')) {
    problems.add({
      ...there,
      message: 'a renamed thing stays in its section',
      found: `${entry}: ${to}`,
      allowed: `a key under ${name}`,
      fix: `write ${entry}: ${to.slice(to.lastIndexOf('.') + 1)}`,
    });
    return false;
  }
  const others = renames.filter((other) => other !== rename && other.section.join('.') === name);
  const next = others.find((other) => other.from === to);
  if (from === to || next?.to === from) {
    problems.add({
      ...there,
      message: from === to ? 'the new key is the old one' : 'the two keys are renamed into each other',
      found: `${entry}: ${to}`,
      allowed: 'a key that the thing has now and had not before',
      fix: 'remove the line',
    });
    return false;
  }
  if (next !== undefined) {
    problems.add({
      ...there,
      message: `'${to}' is itself renamed, to '${next.to}'`,
      found: `${entry}: ${to}, ${next.entry}: ${next.to}`,
      allowed: 'one step from the key that is deployed to the key in this file',
      fix: `write ${entry}: ${next.to} alone if '${to}' was never deployed; else keep the key '${to}'`,
    });
    return false;
  }
  const twin = others.find((other) => other.to === to);
  if (twin !== undefined) {
    problems.add({
      ...there,
      message: `'${twin.from}' is renamed to '${to}' as well`,
      found: `${entry}: ${to}, ${twin.entry}: ${to}`,
      allowed: 'one old key for each new one',
      fix: `keep the line of the one that is deployed`,
    });
    return false;
  }
  const things = mapAt(config, section);
  if (Object.hasOwn(things, from)) {
    problems.add({
      ...there,
      at: 'key',
      message: `'${entry}' is still declared, so it was not renamed`,
      found: entry,
      allowed: 'a key that is not in the file any more',
      fix: `remove ${entry}, or remove this line`,
    });
    return false;
  }
  const namesake = Object.entries(config.clusters).find(([, { nodePools }]) =>
    Object.hasOwn(nodePools ?? {}, to),
  );
  if (name === 'cluster.nodePools' && namesake !== undefined) {
    problems.add({
      ...there,
      message: `a pool of clusters.${namesake[0]} is called '${to}' as well, so it cannot be told whose workloads are meant`,
      found: `${entry}: ${to}`,
      allowed: 'a key that no pool of another cluster has',
      fix: 'choose another key for one of the two pools',
    });
    return false;
  }
  const declared = new Map(Object.entries(things));
  return problems.reference(path, to, 'entry', section, declared, `under ${name}`) !== undefined;
}

function mapAt(config: Config, section: ConfigPath): Readonly<Record<string, unknown>> {
  let found: unknown = config;
  for (const part of section) found = (found as Readonly<Record<string, unknown>>)[part];
  return found as Readonly<Record<string, unknown>>;
}

/** Settings that name a thing of a section by its key, alone or before a slash. */
const references: Readonly<Record<string, string>> = {
  pool: 'cluster.nodePools',
  database: 'databases',
  image: 'registries',
  secret: 'secrets',
  meltano: 'meltano',
  // Of a pipeline.
  airflow: 'airflow',
  dependsOn: 'pipelines',
  // Of an Airflow and of a Meltano project.
  tests: 'airflow',
  standsInFor: 'meltano',
  bucket: 'buckets',
  topic: 'topics',
  // Of a cluster.
  notifications: 'topics',
  // Of a clone.
  of: 'databases',
};

/** Settings that list members, of which workloads are named by section and key. */
const memberLists = new Set(['readers', 'writers', 'publishers']);

/** Maps whose keys the user chooses, so that they say nothing of what their values mean. */
const freeMaps = new Set(['env', 'labels', 'flags']);

/** The configuration as it was: the keys, and what refers to them. */
function withFormerKeys(config: Config, renames: readonly Rename[]): Config {
  const former = (section: string, key: string): string =>
    renames.find((rename) => rename.to === key && rename.section.join('.') === section)?.from ?? key;
  const walk = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, path));
    if (typeof value === 'string') {
      const setting = path.at(-1) ?? '';
      if (freeMaps.has(path.at(-2) ?? '')) return value;
      const [head = '', ...rest] = value.split('/');
      const section = references[setting];
      if (section !== undefined) return [former(section, head), ...rest].join('/');
      return memberLists.has(setting) && rest.length === 1
        ? `${head}/${former(head === 'tasks' ? 'airflow' : head, rest[0] ?? '')}`
        : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [former(path.join('.'), key), walk(item, [...path, key])]),
    );
  };
  return { ...(walk(config, []) as Config), renamed: {} };
}

/** The place in the file of what the former configuration had at a path. */
function pathNow(path: ConfigPath, renames: readonly Rename[]): ConfigPath {
  const found = renames.find(
    ({ section, from }) => section.every((part, i) => path[i] === part) && path[section.length] === from,
  );
  return found === undefined ? path : [...found.section, found.to, ...path.slice(found.section.length + 1)];
}

/** A copy whose origins are places in the file as it is. */
function withOrigins(platform: Platform, placeNow: (path: ConfigPath) => ConfigPath): Platform {
  const copies = new Map<object, unknown>();
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const copy: unknown = Object.freeze(
      Array.isArray(value)
        ? value.map(walk)
        : Object.fromEntries(
            Object.entries(value).map(([key, item]) => [
              key,
              key === 'origin' ? Object.freeze(placeNow(item as ConfigPath)) : walk(item),
            ]),
          ),
    );
    copies.set(value, copy);
    return copy;
  };
  const { renames, ...rest } = platform;
  return Object.freeze({ ...(walk(rest) as Omit<Platform, 'renames'>), renames });
}
