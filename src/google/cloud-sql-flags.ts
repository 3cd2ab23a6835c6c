/**
 * Flags of every PostgreSQL instance: what auditors ask for, and login by IAM.
 *
 * @see https://cloud.google.com/sql/docs/postgres/flags
 * @see https://www.cisecurity.org/benchmark/google_cloud_computing_platform section 6.2
 */
export const postgresFlags: Readonly<Record<string, string>> = {
  'cloudsql.enable_pgaudit': 'on',
  'cloudsql.iam_authentication': 'on',
  log_checkpoints: 'on',
  log_connections: 'on',
  log_disconnections: 'on',
  log_duration: 'on',
  log_hostname: 'on',
  log_lock_waits: 'on',
  // Statements themselves may hold personal data: slow ones are seen in Query Insights, without their values.
  log_min_duration_statement: '-1',
  log_min_error_statement: 'error',
  log_min_messages: 'warning',
  log_statement: 'ddl',
  log_temp_files: '0',
};
