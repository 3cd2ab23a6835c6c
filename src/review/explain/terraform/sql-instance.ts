import type { Advice } from './advice';

/** Cloud SQL instances. */
export const sqlInstance: Advice = {
  types: /^google_sql_database_instance$/,
  lost: 'Its databases, users and automatic backups go with it, its private address changes, and its name stays taken for about a week.',
  instead:
    'give the new instance a key of its own, copy the data (a replica, an export, Database Migration Service), point the clients at it, and take the old one away later',
};
