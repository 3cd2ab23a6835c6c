import { attributeRule, said } from '../attributes';

export const sqlUserVersion = attributeRule({
  id: 'TL-SQL-026',
  title: 'A changed password never reaches its user',
  severity: 'error',
  why: 'Terraform does not read a write-only password, and sends it only where its version changes',
  fix: 'set password_wo_version',
  see: 'https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/sql_user#password_wo_version',
  types: ['google_sql_user'],
  when: ({ body }) => body.password_wo !== undefined,
  expects: { password_wo_version: said },
});
