import { embeddedJson } from '../../equal';
import type { Tree } from '../../types';
import { columnsOf, modeOf, nameOf, typeOf } from '../bigquery-columns';
import { at, type DecidedInCode, differs } from './decision';

/**
 * Columns may be added or dropped, not both at once, and be made nullable; a column that is retyped, made required, or
 * added as required, is another table. Within records nothing is dropped.
 */
export const bigquerySchema: DecidedInCode = {
  types: ['google_bigquery_table'],
  decide: (before, after, differences) => {
    const [was, is] = [at(before, 'schema'), at(after, 'schema')];
    if (typeof is !== 'string' || !differs(differences, 'schema')) return undefined;
    const [from, to] = [typeof was === 'string' ? embeddedJson(was) : undefined, embeddedJson(is)];
    // Where a reference stands in the schema, only a plan knows the columns.
    if (to === undefined) return { unsure: true };
    if (from === undefined) return { forces: ['schema'], because: 'a table without columns gets some' };
    const external = after.external_data_configuration !== undefined;
    const because = incompatible(columnsOf(from), columnsOf(to), !external);
    return because === undefined ? { spares: ['schema'] } : { forces: ['schema'], because };
  },
};

function incompatible(from: readonly Tree[], to: readonly Tree[], mayDrop: boolean): string | undefined {
  const within = (columns: readonly Tree[], column: Tree) =>
    columns.find((one) => nameOf(one) === nameOf(column));
  const added = to.filter((column) => within(from, column) === undefined);
  const required = added.find((column) => column.mode === 'REQUIRED');
  if (required !== undefined) return `the new column ${nameOf(required)} is required`;
  const [dropped] = from.filter((column) => within(to, column) === undefined);
  if (dropped !== undefined && (!mayDrop || added.length > 0)) {
    return mayDrop
      ? `the column ${nameOf(dropped)} goes while others come, which may be a new name`
      : `the column ${nameOf(dropped)} goes`;
  }
  for (const column of from) {
    const same = within(to, column);
    if (same === undefined) continue;
    if (typeOf(column) !== typeOf(same)) return `the column ${nameOf(column)} changes its type`;
    const [mode, next] = [modeOf(column), modeOf(same)];
    if (mode !== next && !(mode === 'REQUIRED' && next === 'NULLABLE')) {
      return `the column ${nameOf(column)} becomes ${next.toLowerCase()}`;
    }
    if ((column.fields === undefined) !== (same.fields === undefined)) {
      return `the column ${nameOf(column)} gets or loses its fields`;
    }
    const inner = incompatible(columnsOf(column.fields), columnsOf(same.fields), false);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
