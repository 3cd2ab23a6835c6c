import { isTree, type Tree } from '../../types';
import { embeddedJson } from '../../equal';
import { at, type DecidedInCode } from './decision';

/**
 * Columns may be added or dropped, not both at once, and be made nullable; a column that is retyped, made required, or
 * added as required, is another table. Within records nothing is dropped.
 */
export const bigquerySchema: DecidedInCode = {
  types: ['google_bigquery_table'],
  decide: (before, after) => {
    const [from, to] = [at(before, 'schema'), at(after, 'schema')].map((text) =>
      typeof text === 'string' ? embeddedJson(text) : undefined,
    );
    if (from === undefined || to === undefined) return undefined;
    const external = after.external_data_configuration !== undefined;
    const because = incompatible(columnsOf(from), columnsOf(to), !external);
    return because === undefined ? { spares: ['schema'] } : { forces: ['schema'], because };
  },
};

const aliases: Readonly<Record<string, string>> = {
  INT64: 'INTEGER',
  FLOAT64: 'FLOAT',
  BOOL: 'BOOLEAN',
  STRUCT: 'RECORD',
};

function incompatible(from: readonly Tree[], to: readonly Tree[], mayDrop: boolean): string | undefined {
  const added = to.filter((column) => sameColumn(from, column) === undefined);
  const required = added.find((column) => modeOf(column) === 'REQUIRED');
  if (required !== undefined) return `the new column ${nameOf(required)} is required`;
  const dropped = from.filter((column) => sameColumn(to, column) === undefined);
  const [first] = dropped;
  if (first !== undefined && (!mayDrop || added.length > 0)) {
    return mayDrop
      ? `the column ${nameOf(first)} goes while others come, which may be a new name`
      : `the column ${nameOf(first)} goes`;
  }
  for (const column of from) {
    const same = sameColumn(to, column);
    if (same === undefined) continue;
    if (typeOf(column) !== typeOf(same)) return `the column ${nameOf(column)} changes its type`;
    const [mode, next] = [modeOf(column), modeOf(same)];
    if (mode !== next && !(mode === 'REQUIRED' && next === 'NULLABLE')) {
      return `the column ${nameOf(column)} becomes ${next.toLowerCase()}`;
    }
    const inner = incompatible(columnsOf(column.fields), columnsOf(same.fields), false);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function sameColumn(columns: readonly Tree[], column: Tree): Tree | undefined {
  return columns.find((one) => nameOf(one).toLowerCase() === nameOf(column).toLowerCase());
}

function nameOf(column: Tree): string {
  return String(column.name);
}

function columnsOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter(isTree) : [];
}

function typeOf(column: Tree): string {
  const type = String(column.type).toUpperCase();
  return aliases[type] ?? type;
}

function modeOf(column: Tree): string {
  return String(column.mode ?? 'NULLABLE').toUpperCase();
}
