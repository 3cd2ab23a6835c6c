import { parseJson } from '../value/json-parse';
import { printJson } from '../value/json-print';
import { dict, isDict, type Value } from '../value/value';
import { heldBy, holds, type LeaseRecord, leaseLost, leaseRecord, parseLease, printLease } from './holder';
import { parsePart } from './layout';
import type { Sql, SqlDatabase } from './sql';
import type { AcquireOptions, Holder, Lease, Outcome, StateStore, StoredState } from './store';
import { databaseTime, prepareSystemDatabase } from './system-database';

/** How old the heartbeat of a run of Meltano may be before it counts as dead. */
const heartbeatMinutes = 5;

interface StateRow {
  readonly partial_state: string | null;
  readonly completed_state: string | null;
}

interface RunRow {
  readonly id: number;
  readonly run_id: string;
  readonly beat: string;
}

/** What a lease needs to know of itself. */
interface Held {
  readonly token: number;
  /** Its row in Meltano's table of runs; undefined where Meltano writes its own. */
  readonly row: number | undefined;
  readonly state: StoredState | undefined;
}

/**
 * States in Meltano's system database, with a row in its table of runs for each of ours.
 *
 * A run counts as going on while its row says so and its heart beats; Meltano looks at the same, so that neither starts
 * while the other runs. Every write first sees, in its transaction, that the lease is still its own.
 */
export class DatabaseStore implements StateStore {
  readonly label = 'Database';

  private constructor(private readonly database: SqlDatabase) {}

  /** Takes a database into use, and makes what is missing in it. */
  static async open(database: SqlDatabase): Promise<DatabaseStore> {
    await prepareSystemDatabase(database);
    return new DatabaseStore(database);
  }

  get(id: string): Promise<StoredState | undefined> {
    return this.database.transaction(id, (sql) => readState(sql, id));
  }

  list(pattern: string | undefined): Promise<string[]> {
    return this.database.transaction('list', async (sql) => {
      const like = (pattern ?? '*').replace(/\*/g, '%');
      const query = 'SELECT state_id FROM state WHERE state_id LIKE ?';
      const rows = await sql<{ state_id: string }>(query, like);
      return rows.map((row) => row.state_id).sort();
    });
  }

  async acquire(id: string, holder: Holder, options: AcquireOptions): Promise<Lease> {
    const held = await this.database.transaction(id, (sql) => this.take(sql, id, holder, options));
    const { token, row, state } = held;
    const holding = (action: (sql: Sql, now: number) => Promise<void>): Promise<void> =>
      this.database.transaction(id, async (sql) => {
        if ((await readLease(sql, id))?.key !== holder.key) throw leaseLost(id);
        await action(sql, await this.database.now(sql));
      });
    return {
      state,
      token,
      write: (next) =>
        holding(async (sql, now) => {
          await writeState(sql, id, next);
          if (row !== undefined) await noteState(sql, row, next, now);
        }),
      renew: () =>
        holding(async (sql, now) => {
          await writeLease(sql, id, leaseRecord(holder, token, now));
          if (row !== undefined) {
            await sql('UPDATE runs SET last_heartbeat_at = ? WHERE id = ?', databaseTime(now), row);
          }
        }),
      clear: () =>
        holding(async (sql) => {
          await sql('DELETE FROM state WHERE state_id = ?', id);
        }),
      release: (outcome) =>
        this.database.transaction(id, async (sql) => {
          if (row !== undefined) await endRun(sql, row, outcome, await this.database.now(sql));
          if ((await readLease(sql, id))?.key !== holder.key) return;
          await sql('DELETE FROM tapline_leases WHERE state_id = ?', id);
        }),
    };
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private async take(sql: Sql, id: string, holder: Holder, options: AcquireOptions): Promise<Held> {
    const now = await this.database.now(sql);
    const before = await readLease(sql, id);
    // Our own, whose answer was lost.
    const again = before?.key === holder.key;
    if (!options.force && !again) await refuseWhileOthersRun(sql, id, before, now);
    const token = again ? before.token : (before?.token ?? 0) + 1;
    await writeLease(sql, id, leaseRecord(holder, token, now));
    const row = options.forMeltano === true ? undefined : await startRun(sql, id, holder, now);
    return { token, row, state: await readState(sql, id) };
  }
}

async function startRun(sql: Sql, id: string, holder: Holder, now: number): Promise<number> {
  const [added] = await sql<{ id: number }>(
    'INSERT INTO runs (job_name, state, started_at, payload, payload_flags, run_id, "trigger", last_heartbeat_at) ' +
      "VALUES (?, 'RUNNING', ?, '{}', 0, ?, 'tapline', ?) RETURNING id",
    id,
    databaseTime(now),
    holder.run.replace(/-/g, ''),
    databaseTime(now),
  );
  return added?.id ?? 0;
}

async function writeLease(sql: Sql, id: string, record: LeaseRecord): Promise<void> {
  await sql(
    'INSERT INTO tapline_leases (state_id, lease) VALUES (?, ?) ' +
      'ON CONFLICT (state_id) DO UPDATE SET lease = excluded.lease',
    id,
    printLease(record),
  );
}

async function readLease(sql: Sql, id: string): Promise<LeaseRecord | undefined> {
  const [row] = await sql<{ lease: string }>('SELECT lease FROM tapline_leases WHERE state_id = ?', id);
  return row && parseLease(row.lease);
}

async function readState(sql: Sql, id: string): Promise<StoredState | undefined> {
  const query = 'SELECT partial_state, completed_state FROM state WHERE state_id = ?';
  const [row] = await sql<StateRow>(query, id);
  const where = `the system database, '${id}'`;
  return (
    row && { completed: parsePart(row.completed_state, where), partial: parsePart(row.partial_state, where) }
  );
}

async function writeState(sql: Sql, id: string, { completed, partial }: StoredState): Promise<void> {
  await sql(
    'INSERT INTO state (state_id, partial_state, completed_state) VALUES (?, ?, ?) ON CONFLICT (state_id) ' +
      'DO UPDATE SET partial_state = excluded.partial_state, completed_state = excluded.completed_state',
    id,
    printJson(partial),
    printJson(completed),
  );
}

async function noteState(sql: Sql, row: number, state: StoredState, now: number): Promise<void> {
  const merging = state.partial.size > 0;
  await sql(
    'UPDATE runs SET payload = ?, payload_flags = ?, last_heartbeat_at = ? WHERE id = ?',
    printJson(merging ? state.partial : state.completed),
    merging ? 2 : 1,
    databaseTime(now),
    row,
  );
}

/** Rows of runs that died are marked as failed, as Meltano marks them; one that lives is in the way. */
async function refuseWhileOthersRun(
  sql: Sql,
  id: string,
  lease: LeaseRecord | undefined,
  now: number,
): Promise<void> {
  if (lease && holds(lease, now)) throw heldBy(id, lease);
  const rows = await sql<RunRow>(
    'SELECT id, CAST(run_id AS VARCHAR) AS run_id, ' +
      'CAST(COALESCE(last_heartbeat_at, started_at) AS VARCHAR) AS beat ' +
      "FROM runs WHERE job_name = ? AND state = 'RUNNING'",
    id,
  );
  for (const row of rows) {
    const beat = Date.parse(`${row.beat.replace(' ', 'T')}Z`);
    const run = row.run_id.replace(/-/g, '');
    const ours = lease?.run.replace(/-/g, '') === run;
    const until = beat + heartbeatMinutes * 60_000;
    if (!ours && until > now) throw heldBy(id, ofMeltano(run, until));
    await endRun(
      sql,
      row.id,
      { success: false, error: 'The process was likely killed unceremoniously.' },
      now,
    );
  }
}

function ofMeltano(run: string, until: number): LeaseRecord {
  return { key: '', run, host: 'Meltano', pid: 0, startedAt: '', space: '', until, token: 0 };
}

async function endRun(sql: Sql, row: number, outcome: Outcome, now: number): Promise<void> {
  const [found] = await sql<{ payload: string | null }>('SELECT payload FROM runs WHERE id = ?', row);
  let payload: Value = parseJson(found?.payload ?? '{}');
  if (outcome.error !== undefined && isDict(payload)) {
    payload = new Map([...payload, ...dict({ error: outcome.error })]);
  }
  await sql(
    "UPDATE runs SET state = ?, ended_at = ?, payload = ? WHERE id = ? AND state = 'RUNNING'",
    outcome.success ? 'SUCCESS' : 'FAIL',
    databaseTime(now),
    printJson(payload),
    row,
  );
}
