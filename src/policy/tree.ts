import type { Tree } from './types';

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list as it is, nothing as an empty list, and anything else as a list of one: Terraform takes both forms. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** The maps of a list, or of a block that is not repeated. */
export function treesOf(value: unknown): readonly Tree[] {
  return listOf(value).filter(isTree);
}

/** The texts of a list. */
export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item): item is string => typeof item === 'string');
}

/** A value as text where it is one, else nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What stands at a path with dots; a block in a list of one is looked into. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const part of path.split('.')) {
    if (Array.isArray(current) && current.length === 1) current = current[0];
    if (!isTree(current) || !Object.hasOwn(current, part)) return undefined;
    current = current[part];
  }
  return current;
}

/** A value as a message shows it: short, in one line. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? 'an empty text' : text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
