import { attributeRule, oneOf } from '../attributes';
import { isProductionPrimary } from '../cloud-sql';

export const sqlStandby = attributeRule({
  id: 'TL-SQL-018',
  title: 'A production database has no standby',
  severity: 'warning',
  why: 'The failure of one zone stops everything that needs it',
  fix: 'set availability_type to REGIONAL',
  see: 'https://cloud.google.com/sql/docs/postgres/high-availability',
  types: ['google_sql_database_instance'],
  when: isProductionPrimary,
  expects: {
    'settings.availability_type': oneOf('REGIONAL'),
  },
});
