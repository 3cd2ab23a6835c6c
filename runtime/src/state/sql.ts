/** A value of a row, or of a place in a statement. */
export type SqlValue = string | number | null;

/** Runs a statement of a transaction, with `?` where its values go; gives its rows. */
export type Sql = <Row = never>(statement: string, ...values: SqlValue[]) => Promise<Row[]>;

/** A database that keeps Meltano's tables. */
export interface SqlDatabase {
  readonly kind: 'sqlite' | 'postgresql';
  /**
   * Does all of it or nothing, and one at a time.
   *
   * @param about whoever names the same waits for the other, in other processes too
   */
  transaction<T>(about: string, action: (sql: Sql) => Promise<T>): Promise<T>;
  /** Milliseconds since 1970 by the clock that all users of the database share. */
  now(sql: Sql): Promise<number>;
  /** Whether there is such a table. */
  hasTable(sql: Sql, name: string): Promise<boolean>;
  /** Gives the connection back. */
  close(): Promise<void>;
}

/** Does one thing after the other, whoever asks. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Waits for all that was asked before, then does this. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const next = this.last.then(action, action);
    this.last = next.catch(() => undefined);
    return next;
  }
}
