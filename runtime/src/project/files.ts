import { realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { Problem } from '../problem';
import { pythonText } from '../value/python-text';
import { deepCopy, type Dict, isDict, type Value } from '../value/value';
import { globPaths } from './glob';
import { loadYaml } from './yaml';

/** The keys under which included files may add named things. */
const sections = ['schedules', 'environments', 'jobs'];

/**
 * Reads `meltano.yml` and the files of its `include_paths`, merged as Meltano merges them: maps deeply, lists joined,
 * the first thing of a name wins over one of an included file, and two included files may not have the same thing.
 */
export function loadProjectFiles(root: string): Dict {
  const main = `${root}/meltano.yml`;
  const base = loadYaml(main);
  const included = includedFiles(root, main, base.get('include_paths') ?? null).map(
    (file) => [file, loadYaml(file)] as const,
  );
  const seen = new Map<string, string>();
  for (const [file, contents] of included) {
    for (const name of namesIn(contents)) {
      const before = seen.get(name);
      if (before !== undefined) {
        throw new Problem(`${name} is in two included files: ${before} and ${file}`, {
          fix: 'Remove one of the two.',
        });
      }
      seen.set(name, file);
    }
  }
  return included.reduce((merged, [, contents]) => deepMerge(merged, contents), base);
}

function includedFiles(root: string, main: string, patterns: Value): string[] {
  if (patterns === null) return [];
  if (!Array.isArray(patterns))
    throw new Problem(`${main}: include_paths is no list`, { fix: 'Write `- ./more.yml` below it.' });
  const files = patterns.flatMap((pattern) => {
    if (typeof pattern !== 'string' || pattern === '' || pattern.startsWith('/')) {
      throw new Problem(
        `${main}: include_paths has '${pythonText(pattern)}', expected a pattern relative to the project`,
        {
          fix: 'Write it like `./plugins/*.yml`.',
        },
      );
    }
    return globPaths(root, pattern);
  });
  return [...new Set(files)].filter((file) => file !== main).map((file) => inside(root, file));
}

function inside(root: string, file: string): string {
  if (!statSync(file).isFile())
    throw new Problem(`include_paths names ${file}, which is no file`, {
      fix: 'Let the pattern end in `*.yml`.',
    });
  const real = relative(root, realpathSync(file));
  if (real === '..' || real.startsWith(`..${sep}`)) {
    throw new Problem(`include_paths names ${file}, which is outside the project ${root}`, {
      fix: 'Copy it into the project.',
    });
  }
  return file;
}

function namesIn(contents: Dict): string[] {
  const plugins = contents.get('plugins');
  const named = (what: string, list: Value | undefined): string[] =>
    Array.isArray(list)
      ? list.filter(isDict).map((item) => `${what} '${pythonText(item.get('name') ?? '')}'`)
      : [];
  return [
    ...(isDict(plugins) ? [...plugins].flatMap(([type, list]) => named(type, list)) : []),
    ...sections.flatMap((section) => named(section, contents.get(section))),
  ];
}

function deepMerge(base: Dict, more: Dict): Dict {
  const result: Dict = new Map(base);
  for (const [key, value] of more) {
    const before = result.get(key);
    if (isDict(value)) result.set(key, deepMerge(isDict(before) ? before : new Map<string, Value>(), value));
    else if (Array.isArray(value)) result.set(key, [...(Array.isArray(before) ? before : []), ...value]);
    else result.set(key, deepCopy(value));
  }
  return result;
}
