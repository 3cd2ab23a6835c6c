import { attributeRule, oneOf } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlRetainedBackups = attributeRule({
  id: 'TL-SQL-008',
  title: 'Backups go with their database',
  severity: 'warning',
  why: 'Whoever destroys the instance by mistake has nothing to restore from',
  fix: 'set retain_backups_on_delete to true',
  see: 'https://cloud.google.com/sql/docs/postgres/backup-recovery/backups',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    'settings.retain_backups_on_delete': oneOf(true),
  },
});
