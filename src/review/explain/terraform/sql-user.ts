import type { Advice } from './advice';

/** Logins of a database. */
export const sqlUser: Advice = {
  types: /^google_sql_user$/,
  lost: 'Its rights in the databases have to be granted again, and who is connected by it is cut off.',
  instead: 'make the new user first, and take the old one away when nobody logs in by it any more',
};
