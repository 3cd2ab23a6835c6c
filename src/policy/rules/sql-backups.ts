import { atLeast, attributeRule, oneOf } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlBackups = attributeRule({
  id: 'TL-SQL-005',
  title: 'A database is not backed up',
  severity: 'error',
  why: 'What is lost stays lost',
  fix: 'enable backups and point-in-time recovery, and keep backups',
  see: 'https://cloud.google.com/sql/docs/postgres/backup-recovery/backups',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    'settings.backup_configuration.enabled': oneOf(true),
    'settings.backup_configuration.point_in_time_recovery_enabled': oneOf(true),
    'settings.backup_configuration.backup_retention_settings.retained_backups': atLeast(1),
  },
});
