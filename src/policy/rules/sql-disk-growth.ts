import { attributeRule, oneOf } from '../attributes';

export const sqlDiskGrowth = attributeRule({
  id: 'TL-SQL-016',
  title: 'A database stops when its disk is full',
  severity: 'warning',
  why: 'It then takes no more writes, and needs a person',
  fix: 'set disk_autoresize to true',
  see: 'https://cloud.google.com/sql/docs/postgres/instance-settings',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.disk_autoresize': oneOf(true),
  },
});
