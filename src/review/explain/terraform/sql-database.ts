import type { Advice } from './advice';

/** Databases in an instance. */
export const sqlDatabase: Advice = {
  types: /^google_sql_database$/,
  lost: 'All tables in it are dropped.',
  instead: 'make the new database beside it, copy the data, and take the old one away later',
};
