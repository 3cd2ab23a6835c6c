import { attributeRule, said } from '../attributes';

export const sqlLabels = attributeRule({
  id: 'TL-SQL-021',
  title: 'A database has no labels',
  severity: 'warning',
  why: 'Nobody can tell whose it is, or what it costs',
  fix: 'set settings.user_labels',
  see: 'https://cloud.google.com/sql/docs/postgres/label-instance',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.user_labels': said,
  },
});
