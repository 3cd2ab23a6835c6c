import { attributeRule, matching, oneOf } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlMaintenance = attributeRule({
  id: 'TL-SQL-017',
  title: 'Google may restart a database at any time',
  severity: 'warning',
  why: 'Without a window, maintenance comes in the middle of a load',
  fix: 'set maintenance_window with day, hour and update_track',
  see: 'https://cloud.google.com/sql/docs/postgres/maintenance',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    'settings.maintenance_window.day': matching(/^[1-7]$/, 'a day from 1 (Monday) to 7'),
    'settings.maintenance_window.hour': matching(/^(1?[0-9]|2[0-3])$/, 'an hour from 0 to 23'),
    'settings.maintenance_window.update_track': oneOf('canary', 'stable', 'week5'),
  },
});
