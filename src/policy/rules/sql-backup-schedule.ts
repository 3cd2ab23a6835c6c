import { atLeast, attributeRule, oneOf, said } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlBackupSchedule = attributeRule({
  id: 'TL-SQL-006',
  title: 'When and how long backups are kept is not said',
  severity: 'warning',
  why: 'Logs of fewer than seven days leave no time to see the damage',
  fix: 'say the start, the unit of the retention, and seven days of transaction logs',
  see: 'https://cloud.google.com/sql/docs/postgres/backup-recovery/pitr',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    'settings.backup_configuration.start_time': said,
    'settings.backup_configuration.backup_retention_settings.retention_unit': oneOf('COUNT'),
    'settings.backup_configuration.transaction_log_retention_days': atLeast(7),
  },
});
