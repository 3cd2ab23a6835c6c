import { attributeRule, oneOf } from '../attributes';

export const sqlActivation = attributeRule({
  id: 'TL-SQL-019',
  title: 'A database may be stopped',
  severity: 'warning',
  why: 'The users of a stopped instance are not read, and the plan never settles',
  fix: 'set activation_policy to ALWAYS',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/sql_database_instance#activation_policy',
  types: ['google_sql_database_instance'],
  expects: {
    'settings.activation_policy': oneOf('ALWAYS'),
  },
});
