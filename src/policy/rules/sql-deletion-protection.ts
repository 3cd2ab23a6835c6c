import { attributeRule, oneOf } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlDeletionProtection = attributeRule({
  id: 'TL-SQL-007',
  title: 'A database can be destroyed',
  severity: 'warning',
  why: 'One wrong plan, or one click, takes the data away',
  fix: 'set deletion_protection and settings.deletion_protection_enabled to true',
  see: 'https://cloud.google.com/sql/docs/postgres/deletion-protection',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    deletion_protection: oneOf(true),
    'settings.deletion_protection_enabled': oneOf(true),
  },
});
