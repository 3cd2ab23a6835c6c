import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'libsql';
import { StoreAway } from './away';
import { type Sql, type SqlDatabase, Turns } from './sql';

/** SQLite in a file, where Meltano keeps its system database unless it is told otherwise. */
export class SqliteDatabase implements SqlDatabase {
  readonly kind = 'sqlite';
  private readonly turns = new Turns();

  private constructor(private readonly database: Database.Database) {}

  /** Opens the file, and makes it where there is none. */
  static async open(file: string): Promise<SqliteDatabase> {
    mkdirSync(dirname(file), { recursive: true });
    // Loaded where it is needed: a run with another store does without its memory.
    const { default: Sqlite } = await import('libsql');
    const database = new Sqlite(file);
    database.exec('PRAGMA busy_timeout = 10000');
    database.exec('PRAGMA journal_mode = WAL');
    return new SqliteDatabase(database);
  }

  transaction<T>(_: string, action: (sql: Sql) => Promise<T>): Promise<T> {
    return this.turns.take(async () => {
      try {
        this.database.exec('BEGIN IMMEDIATE');
      } catch (error) {
        throw isBusy(error) ? new StoreAway('the system database', error) : error;
      }
      try {
        const result = await action(this.sql);
        this.database.exec('COMMIT');
        return result;
      } catch (error) {
        this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  now(): Promise<number> {
    return Promise.resolve(Date.now());
  }

  async hasTable(sql: Sql, name: string): Promise<boolean> {
    return (await sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name)).length > 0;
  }

  close(): Promise<void> {
    return this.turns.take(() => {
      this.database.close();
      return Promise.resolve();
    });
  }

  /** The library answers at once; a failure of it is one of the promise. */
  private readonly sql: Sql = <Row>(statement: string, ...values: unknown[]) =>
    Promise.resolve().then(() => {
      const prepared = this.database.prepare(statement);
      if (/^SELECT|RETURNING \w+$/.test(statement)) return prepared.all(...values) as Row[];
      prepared.run(...values);
      return [];
    });
}

/** Whether somebody else has kept the database for all the time that we wait. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && /^SQLITE_(BUSY|LOCKED)/.test((error as NodeJS.ErrnoException).code ?? '');
}
