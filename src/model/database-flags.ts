/**
 * Flags of Cloud SQL for PostgreSQL that take on or off. Data, not looked up; a flag that stands in no list here is
 * passed on as it is.
 * @see https://cloud.google.com/sql/docs/postgres/flags
 */
const switches = new Set([
  'autovacuum',
  'cloudsql.enable_pg_cron',
  'cloudsql.enable_pgaudit',
  'cloudsql.enable_pglogical',
  'cloudsql.iam_authentication',
  'cloudsql.logical_decoding',
  'enable_bitmapscan',
  'enable_hashagg',
  'enable_hashjoin',
  'enable_indexonlyscan',
  'enable_indexscan',
  'enable_material',
  'enable_mergejoin',
  'enable_nestloop',
  'enable_partition_pruning',
  'enable_partitionwise_aggregate',
  'enable_partitionwise_join',
  'enable_seqscan',
  'enable_sort',
  'enable_tidscan',
  'hot_standby_feedback',
  'jit',
  'log_checkpoints',
  'log_disconnections',
  'log_duration',
  'log_executor_stats',
  'log_hostname',
  'log_lock_waits',
  'log_parser_stats',
  'log_planner_stats',
  'log_recovery_conflict_waits',
  'log_replication_commands',
  'log_statement_stats',
  'track_counts',
  'track_io_timing',
  'track_wal_io_timing',
]);

/** Flags that take a whole number in their own unit, never with a suffix such as MB. */
const numbers = new Set([
  'autovacuum_max_workers',
  'autovacuum_naptime',
  'checkpoint_timeout',
  'deadlock_timeout',
  'effective_cache_size',
  'effective_io_concurrency',
  'idle_in_transaction_session_timeout',
  'lock_timeout',
  'log_autovacuum_min_duration',
  'log_min_duration_statement',
  'log_temp_files',
  'maintenance_work_mem',
  'max_connections',
  'max_locks_per_transaction',
  'max_parallel_maintenance_workers',
  'max_parallel_workers',
  'max_parallel_workers_per_gather',
  'max_pred_locks_per_transaction',
  'max_prepared_transactions',
  'max_replication_slots',
  'max_standby_archive_delay',
  'max_standby_streaming_delay',
  'max_wal_senders',
  'max_wal_size',
  'max_worker_processes',
  'shared_buffers',
  'statement_timeout',
  'temp_file_limit',
  'track_activity_query_size',
  'vacuum_cost_limit',
  'wal_buffers',
  'work_mem',
]);

/** Settings of PostgreSQL that Cloud SQL keeps to itself, and what to write instead where there is something. */
const kept: Readonly<Record<string, string | null>> = {
  allow_system_table_mods: null,
  archive_command: null,
  archive_mode: null,
  config_file: null,
  data_directory: null,
  dynamic_library_path: null,
  fsync: null,
  full_page_writes: null,
  hba_file: null,
  ident_file: null,
  ignore_checksum_failure: null,
  listen_addresses: null,
  local_preload_libraries: null,
  log_directory: null,
  log_filename: null,
  logging_collector: null,
  port: null,
  primary_conninfo: null,
  restore_command: null,
  session_preload_libraries: null,
  shared_preload_libraries: null,
  ssl: null,
  unix_socket_directories: null,
  wal_level: 'write cloudsql.logical_decoding: on, which sets it to logical',
  zero_damaged_pages: null,
};

/** What is wrong with a flag; undefined where nothing is known against it. */
export function flagProblem(
  name: string,
  value: string,
):
  | { readonly at?: 'key'; readonly message: string; readonly allowed: string; readonly fix: string }
  | undefined {
  if (name in kept) {
    return {
      at: 'key',
      message: `Cloud SQL keeps the setting '${name}' to itself`,
      allowed: 'a flag of Cloud SQL for PostgreSQL',
      fix: kept[name] ?? 'remove the line',
    };
  }
  if (name === 'cloudsql.iam_authentication' && value !== 'on') {
    return {
      message: 'without this flag no workload could log in',
      allowed: 'on, which every instance has without asking',
      fix: 'remove the line',
    };
  }
  if (switches.has(name) && !/^(on|off)$/.test(value)) {
    return { message: `the flag '${name}' is a switch`, allowed: 'on or off', fix: `write ${name}: on` };
  }
  if (numbers.has(name) && !/^-?\d+$/.test(value)) {
    return {
      message: `the flag '${name}' is a whole number in its own unit`,
      allowed: 'digits without a unit',
      fix: `write the number alone, in the unit that PostgreSQL documents for ${name}`,
    };
  }
  return undefined;
}
