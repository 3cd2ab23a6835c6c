/** The last migration of Meltano 4.4.1, read from a database that it made on 2026-11-21. */
export const headOfMigrations = 'c0efb3c314eb';

/**
 * Meltano's system database as its migrations leave it, and one table of our own for leases.
 *
 * A database that Meltano made is left as it is; one that is made here is what Meltano expects.
 */
export const schema: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
  )`,
  `CREATE TABLE IF NOT EXISTS runs (
    id INTEGER NOT NULL,
    job_name VARCHAR,
    state VARCHAR(7),
    started_at DATETIME,
    ended_at DATETIME,
    payload VARCHAR,
    payload_flags INTEGER,
    run_id CHAR(32),
    "trigger" VARCHAR,
    last_heartbeat_at DATETIME,
    PRIMARY KEY (id)
  )`,
  `CREATE TABLE IF NOT EXISTS plugin_settings (
    label VARCHAR(255),
    description TEXT,
    name VARCHAR(255) NOT NULL,
    namespace VARCHAR(255),
    value BLOB,
    enabled BOOLEAN,
    PRIMARY KEY (name, namespace)
  )`,
  `CREATE TABLE IF NOT EXISTS state (
    state_id VARCHAR(900) NOT NULL,
    partial_state VARCHAR,
    completed_state VARCHAR,
    updated_at DATETIME,
    PRIMARY KEY (state_id),
    UNIQUE (state_id)
  )`,
  'CREATE TABLE IF NOT EXISTS tapline_leases (state_id VARCHAR(900) NOT NULL PRIMARY KEY, lease VARCHAR NOT NULL)',
];

/** A moment as Meltano writes it into the database, in UTC. */
export function databaseTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1).replace('T', ' ')}000`;
}
