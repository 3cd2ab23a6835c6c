import { attributeRule, oneOf } from '../attributes';

export const sqlUsers = attributeRule({
  id: 'TL-SQL-023',
  title: 'Destroying a database user fails',
  severity: 'warning',
  why: 'A user who owns objects cannot be dropped',
  fix: 'set deletion_policy to ABANDON',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/sql_user#deletion_policy',
  types: ['google_sql_user'],
  expects: {
    deletion_policy: oneOf('ABANDON'),
  },
});
