import { atLeast, attributeRule, oneOf } from '../attributes';
import { isPrimaryPostgres } from '../cloud-sql';

export const sqlPasswordPolicy = attributeRule({
  id: 'TL-SQL-013',
  title: 'Passwords of database users may be weak',
  severity: 'error',
  why: 'A password that can be guessed opens the database',
  fix: 'enable the policy with 16 characters, mixed, without the user name, and never the last five',
  see: 'https://cloud.google.com/sql/docs/postgres/built-in-authentication',
  types: ['google_sql_database_instance'],
  when: isPrimaryPostgres,
  expects: {
    'settings.password_validation_policy.enable_password_policy': oneOf(true),
    'settings.password_validation_policy.complexity': oneOf('COMPLEXITY_DEFAULT'),
    'settings.password_validation_policy.disallow_username_substring': oneOf(true),
    'settings.password_validation_policy.min_length': atLeast(12),
    'settings.password_validation_policy.reuse_interval': atLeast(1),
  },
});
