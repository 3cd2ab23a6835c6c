import { attributeRule, oneOf } from '../attributes';

export const sqlConnectors = attributeRule({
  id: 'TL-SQL-004',
  title: 'A database takes connections past the connectors',
  severity: 'error',
  why: 'Only the connectors ask IAM who calls',
  fix: 'set connector_enforcement to REQUIRED',
  see: 'https://cloud.google.com/sql/docs/postgres/connect-connectors',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.connector_enforcement': oneOf('REQUIRED'),
  },
});
