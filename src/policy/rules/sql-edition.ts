import { attributeRule, oneOf } from '../attributes';

export const sqlEdition = attributeRule({
  id: 'TL-SQL-015',
  title: 'The edition of a database is not said',
  severity: 'warning',
  why: 'Since version 16 the default is the dear one, which refuses custom tiers',
  fix: 'set settings.edition',
  see: 'https://cloud.google.com/sql/docs/postgres/editions-intro',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.edition': oneOf('ENTERPRISE', 'ENTERPRISE_PLUS'),
  },
});
