import { attributeRule, oneOf } from '../attributes';
import { isPrimary } from '../cloud-sql';

export const sqlDiskType = attributeRule({
  id: 'TL-SQL-022',
  title: 'A database runs on a slow disk, or the disk is not said',
  severity: 'warning',
  why: 'Spinning disks are too slow for metadata databases, and the type cannot be changed later',
  fix: 'set disk_type to PD_SSD',
  see: 'https://cloud.google.com/sql/docs/postgres/instance-settings',
  types: ['google_sql_database_instance'],
  when: isPrimary,
  expects: {
    'settings.disk_type': oneOf('PD_SSD', 'HYPERDISK_BALANCED'),
  },
});
