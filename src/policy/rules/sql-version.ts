import { attributeRule, matching } from '../attributes';

export const sqlVersion = attributeRule({
  id: 'TL-SQL-020',
  title: 'A version of PostgreSQL is out of support',
  severity: 'error',
  why: 'It gets no security fixes',
  fix: 'upgrade to 14 or later',
  see: 'https://cloud.google.com/sql/docs/postgres/db-versions',
  types: ['google_sql_database_instance'],
  expects: {
    database_version: matching(/^(?!POSTGRES_(9|1[0-3])(_|$))/, 'POSTGRES_14 or later'),
  },
});
