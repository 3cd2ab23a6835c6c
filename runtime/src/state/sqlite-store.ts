import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'libsql';
import { parseJson } from '../value/json-parse';
import { printJson } from '../value/json-print';
import { dict, isDict, type Value } from '../value/value';
import { heldBy, holds, type LeaseRecord, leaseLost, leaseRecord, parseLease, printLease } from './holder';
import { parsePart } from './layout';
import { databaseTime, headOfMigrations, schema } from './system-database';
import type { Holder, Lease, Outcome, StateStore, StoredState } from './store';

/** How old the heartbeat of a run of Meltano may be before it counts as dead. */
const heartbeatMinutes = 5;

interface StateRow {
  readonly partial_state: string | null;
  readonly completed_state: string | null;
}

interface RunRow {
  readonly id: number;
  readonly run_id: string;
  readonly started_at: string;
  readonly last_heartbeat_at: string | null;
  readonly payload: string | null;
}

/**
 * States in Meltano's SQLite system database, with a row in its table of runs for each of ours.
 *
 * A run counts as going on while its row says so and its heart beats; Meltano looks at the same, so that neither starts
 * while the other runs. Every write first sees, in its transaction, that the lease is still its own.
 */
export class SqliteStore implements StateStore {
  readonly label = 'Database';

  private constructor(private readonly database: Database.Database) {}

  /** Opens the database, and makes it where there is none. */
  static async open(file: string): Promise<SqliteStore> {
    mkdirSync(dirname(file), { recursive: true });
    const fresh = !existsSync(file);
    // Loaded where it is needed: a run with another store does without its memory.
    const { default: Sqlite } = await import('libsql');
    const database = new Sqlite(file);
    database.exec('PRAGMA busy_timeout = 10000');
    if (fresh) database.exec('PRAGMA journal_mode = WAL');
    const store = new SqliteStore(database);
    store.atomically(() => {
      for (const statement of schema) database.exec(statement);
      if (!database.prepare('SELECT version_num FROM alembic_version').get()) {
        database.prepare('INSERT INTO alembic_version (version_num) VALUES (?)').run(headOfMigrations);
      }
    });
    return store;
  }

  get(id: string): Promise<StoredState | undefined> {
    return promised(() => this.read(id));
  }

  list(pattern: string | undefined): Promise<string[]> {
    return promised(() => {
      const like = (pattern ?? '*').replace(/\*/g, '%');
      const query = 'SELECT state_id FROM state WHERE state_id LIKE ? ORDER BY state_id';
      const rows = this.database.prepare(query).all(like) as { state_id: string }[];
      return rows.map((row) => row.state_id);
    });
  }

  acquire(id: string, holder: Holder, options: { force: boolean }): Promise<Lease> {
    return promised(() => this.take(id, holder, options.force));
  }

  clear(id: string): Promise<void> {
    return promised(() => {
      this.database.prepare('DELETE FROM state WHERE state_id = ?').run(id);
    });
  }

  close(): Promise<void> {
    return promised(() => {
      this.database.close();
    });
  }

  private take(id: string, holder: Holder, force: boolean): Lease {
    const { row, state } = this.atomically(() => {
      const now = Date.now();
      if (!force) this.refuseWhileOthersRun(id, now);
      this.writeLease(id, printLease(leaseRecord(holder, now)));
      return { row: this.startRun(id, holder, now), state: this.read(id) };
    });
    return {
      state,
      write: (next) =>
        promised(() => {
          this.holding(id, holder, () => {
            this.write(id, next);
            const merging = next.partial.size > 0;
            this.database
              .prepare('UPDATE runs SET payload = ?, payload_flags = ?, last_heartbeat_at = ? WHERE id = ?')
              .run(
                printJson(merging ? next.partial : next.completed),
                merging ? 2 : 1,
                databaseTime(Date.now()),
                row,
              );
          });
        }),
      renew: () =>
        promised(() => {
          this.holding(id, holder, () => {
            const now = Date.now();
            this.writeLease(id, printLease(leaseRecord(holder, now)));
            this.database
              .prepare('UPDATE runs SET last_heartbeat_at = ? WHERE id = ?')
              .run(databaseTime(now), row);
          });
        }),
      release: (outcome) =>
        promised(() => {
          this.atomically(() => {
            this.endRun(row, outcome);
            if (this.lease(id)?.run !== holder.run) return;
            this.database.prepare('DELETE FROM tapline_leases WHERE state_id = ?').run(id);
          });
        }),
    };
  }

  private startRun(id: string, holder: Holder, now: number): number {
    const added = this.database
      .prepare(
        'INSERT INTO runs (job_name, state, started_at, payload, payload_flags, run_id, "trigger", last_heartbeat_at) ' +
          "VALUES (?, 'RUNNING', ?, '{}', 0, ?, 'tapline', ?)",
      )
      .run(id, databaseTime(now), holder.run.replace(/-/g, ''), databaseTime(now));
    return Number(added.lastInsertRowid);
  }

  private writeLease(id: string, text: string): void {
    this.database
      .prepare(
        'INSERT INTO tapline_leases (state_id, lease) VALUES (?, ?) ' +
          'ON CONFLICT (state_id) DO UPDATE SET lease = excluded.lease',
      )
      .run(id, text);
  }

  private read(id: string): StoredState | undefined {
    const row = this.database
      .prepare('SELECT partial_state, completed_state FROM state WHERE state_id = ?')
      .get(id) as StateRow | undefined;
    const where = `the system database, '${id}'`;
    return (
      row && {
        completed: parsePart(row.completed_state, where),
        partial: parsePart(row.partial_state, where),
      }
    );
  }

  private write(id: string, { completed, partial }: StoredState): void {
    this.database
      .prepare(
        'INSERT INTO state (state_id, partial_state, completed_state) VALUES (?, ?, ?) ON CONFLICT (state_id) DO UPDATE SET partial_state = excluded.partial_state, completed_state = excluded.completed_state',
      )
      .run(id, printJson(partial), printJson(completed));
  }

  private lease(id: string): LeaseRecord | undefined {
    const row = this.database.prepare('SELECT lease FROM tapline_leases WHERE state_id = ?').get(id) as
      { lease: string } | undefined;
    return row && parseLease(row.lease);
  }

  /** Rows of runs that died are marked as failed, as Meltano marks them; one that lives is in the way. */
  private refuseWhileOthersRun(id: string, now: number): void {
    const lease = this.lease(id);
    if (lease && holds(lease, now)) throw heldBy(id, lease);
    const rows = this.database
      .prepare(
        "SELECT id, run_id, started_at, last_heartbeat_at, payload FROM runs WHERE job_name = ? AND state = 'RUNNING'",
      )
      .all(id) as RunRow[];
    for (const row of rows) {
      const beat = Date.parse(`${(row.last_heartbeat_at ?? row.started_at).replace(' ', 'T')}Z`);
      const ours = lease?.run.replace(/-/g, '') === row.run_id;
      const until = beat + heartbeatMinutes * 60_000;
      if (!ours && until > now) {
        throw heldBy(id, { run: row.run_id, host: 'Meltano', pid: 0, startedAt: '', until });
      }
      this.endRun(row.id, { success: false, error: 'The process was likely killed unceremoniously.' });
    }
  }

  private endRun(row: number, outcome: Outcome): void {
    const found = this.database.prepare('SELECT payload FROM runs WHERE id = ?').get(row) as
      { payload: string | null } | undefined;
    let payload: Value = parseJson(found?.payload ?? '{}');
    if (outcome.error !== undefined && isDict(payload))
      payload = new Map([...payload, ...dict({ error: outcome.error })]);
    this.database
      .prepare("UPDATE runs SET state = ?, ended_at = ?, payload = ? WHERE id = ? AND state = 'RUNNING'")
      .run(outcome.success ? 'SUCCESS' : 'FAIL', databaseTime(Date.now()), printJson(payload), row);
  }

  private holding(id: string, holder: Holder, action: () => void): void {
    this.atomically(() => {
      if (this.lease(id)?.run !== holder.run) throw leaseLost(id);
      action();
    });
  }

  private atomically<T>(action: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = action();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The library answers at once; a failure of it is one of the promise. */
function promised<T>(action: () => T): Promise<T> {
  return Promise.resolve().then(action);
}
