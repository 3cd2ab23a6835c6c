import { oneOf } from '../attributes';
import { flagRule } from '../cloud-sql';

export const sqlLogFlags = flagRule({
  id: 'TL-SQL-010',
  title: 'A database does not log what auditors ask for',
  severity: 'warning',
  why: 'Nobody can tell afterwards who connected and what was done',
  fix: 'set the flags as wanted',
  see: 'https://cloud.google.com/sql/docs/postgres/flags',
  expects: {
    log_checkpoints: oneOf('on'),
    log_connections: oneOf('on'),
    log_disconnections: oneOf('on'),
    log_lock_waits: oneOf('on'),
    log_min_messages: oneOf('warning', 'notice', 'info', 'log', 'error'),
    log_min_error_statement: oneOf('error', 'warning', 'notice', 'info', 'log'),
    log_temp_files: oneOf(0),
    log_hostname: oneOf('on'),
    log_duration: oneOf('on'),
    log_statement: oneOf('ddl', 'mod', 'all'),
  },
});
