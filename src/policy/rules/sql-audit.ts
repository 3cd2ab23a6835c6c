import { oneOf } from '../attributes';
import { flagRule } from '../cloud-sql';

export const sqlAudit = flagRule({
  id: 'TL-SQL-012',
  title: 'A database has no audit log',
  severity: 'warning',
  why: 'pgAudit is the only record of who read what',
  fix: 'set the flag cloudsql.enable_pgaudit to on',
  see: 'https://cloud.google.com/sql/docs/postgres/pg-audit',
  expects: {
    'cloudsql.enable_pgaudit': oneOf('on'),
  },
});
