import { oneOf } from '../attributes';
import { flagRule } from '../cloud-sql';

export const sqlStatementLog = flagRule({
  id: 'TL-SQL-011',
  title: 'A database logs whole statements by their duration',
  severity: 'warning',
  why: 'Statements hold data, and logs are read by more people than tables',
  fix: 'set the flag log_min_duration_statement to -1',
  see: 'https://cloud.google.com/sql/docs/postgres/flags',
  expects: {
    log_min_duration_statement: oneOf(-1),
  },
});
