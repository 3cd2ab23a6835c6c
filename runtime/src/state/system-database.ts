import type { SqlDatabase } from './sql';

/** The last migration of Meltano 4.4.1, read from a database that it made on 2026-11-21. */
const headOfMigrations = 'c0efb3c314eb';

const sqlite: readonly string[] = [
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
];

const postgresql: readonly string[] = [
  `CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
  )`,
  'CREATE SEQUENCE job_id_seq AS INTEGER',
  `CREATE TABLE runs (
    id INTEGER NOT NULL DEFAULT nextval('job_id_seq'),
    job_name VARCHAR,
    state VARCHAR,
    started_at TIMESTAMP,
    ended_at TIMESTAMP,
    payload VARCHAR,
    payload_flags INTEGER,
    run_id UUID,
    trigger VARCHAR,
    last_heartbeat_at TIMESTAMP,
    CONSTRAINT job_pkey PRIMARY KEY (id)
  )`,
  'ALTER SEQUENCE job_id_seq OWNED BY runs.id',
  `CREATE TABLE plugin_settings (
    label VARCHAR(255),
    description TEXT,
    name VARCHAR(255) NOT NULL,
    namespace VARCHAR(255) NOT NULL,
    value BYTEA,
    enabled BOOLEAN,
    CONSTRAINT plugin_settings_pkey PRIMARY KEY (name, namespace)
  )`,
  `CREATE TABLE state (
    state_id VARCHAR(900) NOT NULL,
    partial_state VARCHAR,
    completed_state VARCHAR,
    updated_at TIMESTAMP,
    CONSTRAINT state_pkey PRIMARY KEY (state_id)
  )`,
];

const leases =
  'CREATE TABLE tapline_leases (state_id VARCHAR(900) NOT NULL PRIMARY KEY, lease VARCHAR NOT NULL)';

/**
 * Makes what is missing: Meltano's tables as its migrations leave them, and one of our own for leases.
 *
 * A database that Meltano made is left as it is; one that is made here is what Meltano expects.
 */
export async function prepareSystemDatabase(database: SqlDatabase): Promise<void> {
  await database.transaction('schema', async (sql) => {
    const made = await database.hasTable(sql, 'alembic_version');
    const head = made ? await sql('SELECT version_num FROM alembic_version') : [];
    if (head.length === 0) {
      for (const statement of database.kind === 'sqlite' ? sqlite : postgresql) await sql(statement);
      await sql('INSERT INTO alembic_version (version_num) VALUES (?)', headOfMigrations);
    }
    if (!(await database.hasTable(sql, 'tapline_leases'))) await sql(leases);
  });
}

/** A moment as Meltano writes it into the database, in UTC. */
export function databaseTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, -1).replace('T', ' ')}000`;
}
