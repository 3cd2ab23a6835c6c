import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fnmatch } from '../value/fnmatch';

/**
 * The paths below a folder that a pattern of Python's `pathlib` names, hidden ones too, sorted.
 *
 * Meltano takes them in the order of the disk; sorted, the same project reads the same everywhere.
 */
export function globPaths(folder: string, pattern: string): string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '' && segment !== '.');
  return [...new Set(walk(folder, segments))].sort();
}

function walk(folder: string, segments: readonly string[]): string[] {
  const [first, ...rest] = segments;
  if (first === undefined) return [folder];
  if (first === '**') return [folder, ...foldersBelow(folder)].flatMap((below) => walk(below, rest));
  if (!/[*?[]/.test(first)) return existsSync(join(folder, first)) ? walk(`${folder}/${first}`, rest) : [];
  return entries(folder)
    .filter((name) => fnmatch(name, first))
    .flatMap((name) => walk(`${folder}/${name}`, rest));
}

function foldersBelow(folder: string): string[] {
  return entries(folder, true).flatMap((name) => [`${folder}/${name}`, ...foldersBelow(`${folder}/${name}`)]);
}

function entries(folder: string, foldersOnly = false): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !foldersOnly || entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}
