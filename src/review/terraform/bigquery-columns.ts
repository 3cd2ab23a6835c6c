import { canonical, textOf } from '../equal';
import { isTree, type Tree } from '../types';

const aliases: Readonly<Record<string, string>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
};

/** Whether two lists of columns are one to the provider: their order, case and the writing of defaults do not count. */
export function sameColumns(from: unknown, to: unknown): boolean {
  const normal = (columns: unknown): readonly unknown[] =>
    columnsOf(columns)
      .map((column) => ({
        ...Object.fromEntries(Object.entries(column).filter(([key, value]) => !isNothing(key, value))),
        type: typeOf(column),
        mode: modeOf(column),
        ...(column.fields === undefined ? {} : { fields: normal(column.fields) }),
      }))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return canonical(normal(from)) === canonical(normal(to));
}

function isNothing(key: string, value: unknown): boolean {
  if (key === 'description') return value === '' || value === null;
  if (key !== 'policyTags') return false;
  return (
    !isTree(value) ||
    Object.keys(value).length === 0 ||
    (Array.isArray(value.names) && value.names.length === 0)
  );
}

export function nameOf(column: Tree): string {
  return String(column.name);
}

export function columnsOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

export function typeOf(column: Tree): string {
  const type = String(column.type).toUpperCase();
  return aliases[type] ?? type;
}

export function modeOf(column: Tree): string {
  return (textOf(column.mode) || 'NULLABLE').toUpperCase();
}
