import { at, type DecidedInCode } from './decision';

/** Statements are added at the end; a statement that changes or goes is another database. */
export const spannerDdl: DecidedInCode = {
  types: ['google_spanner_database'],
  decide: (before, after) => {
    const [from, to] = [at(before, 'ddl'), at(after, 'ddl')].map((ddl) =>
      Array.isArray(ddl) ? (ddl as readonly unknown[]) : [],
    );
    if (from === undefined || to === undefined) return undefined;
    return to.length < from.length || from.some((statement, index) => statement !== to[index])
      ? { forces: ['ddl'], because: 'only new statements at the end change a database in place' }
      : undefined;
  },
};
