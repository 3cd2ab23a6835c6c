import type { Client } from 'pg';
import { Problem } from '../problem';
import { StoreAway } from './away';
import { requestTimeoutMs } from './object-storage';
import { type Sql, type SqlDatabase, Turns } from './sql';

type Library = typeof import('../vendor/postgres.js');

/** How a connection begins. */
interface Address {
  readonly uri: string;
  /** As the library of PostgreSQL itself understands it: without one, encrypted where the server can. */
  readonly sslMode: string;
}

/** Errors of the server that pass: connections, resources, conflicts, a server that goes down or comes up. */
const passing = /^(08|53|40|57P0[1-5]|25006|55P03)/;

/** Errors of certificates, which stay. */
const certificate = /CERT|SIGNATURE|UNABLE_TO/;

/**
 * Meltano's system database in PostgreSQL.
 *
 * One connection, opened when it is needed and anew after it broke. Transactions about the same state wait for each
 * other by an advisory lock that ends with the transaction, so that a pooler in between does no harm.
 */
export class PostgresDatabase implements SqlDatabase {
  readonly kind = 'postgresql';
  private readonly turns = new Turns();
  private client: Client | undefined;

  private constructor(
    private readonly library: Library,
    private readonly address: Address,
    private readonly where: string,
  ) {}

  /** Opens the database that an address of Meltano names, `postgresql+psycopg://…`. */
  static async open(
    uri: string,
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<PostgresDatabase> {
    const library = await import('../vendor/postgres.js');
    let address: URL;
    try {
      address = new URL(uri.replace(/^\w+(\+\w+)?:/, 'postgresql:'));
    } catch {
      throw new Problem('database_uri is no address', {
        fix: 'Write it as postgresql://user:password@host:port/name.',
      });
    }
    const sslMode = address.searchParams.get('sslmode') ?? environment.PGSSLMODE ?? 'prefer';
    address.searchParams.delete('sslmode');
    const where = `the system database on ${address.searchParams.get('host') ?? address.host}`;
    return new PostgresDatabase(library, { uri: address.href, sslMode }, where);
  }

  transaction<T>(about: string, action: (sql: Sql) => Promise<T>): Promise<T> {
    return this.turns.take(async () => {
      try {
        const client = (this.client ??= await this.connect());
        const sql = sqlOf(client);
        await client.query('BEGIN');
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tapline ${about}`]);
        const result = await action(sql);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await this.client?.query('ROLLBACK').catch(() => {
          this.drop();
        });
        throw this.explain(error);
      }
    });
  }

  async now(sql: Sql): Promise<number> {
    const [row] = await sql<{ now: string }>(
      'SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS now',
    );
    return Number(row?.now);
  }

  async hasTable(sql: Sql, name: string): Promise<boolean> {
    const [row] = await sql<{ found: boolean }>('SELECT to_regclass(?) IS NOT NULL AS found', name);
    return row?.found === true;
  }

  close(): Promise<void> {
    return this.turns.take(async () => {
      const { client } = this;
      this.client = undefined;
      // A server that is away does not say goodbye.
      await Promise.race([
        client?.end().catch(() => undefined),
        new Promise((done) => setTimeout(done, 1000).unref()),
      ]);
    });
  }

  private async connect(): Promise<Client> {
    const { uri, sslMode } = this.address;
    const may = sslMode === 'prefer' || sslMode === 'allow';
    const address = new URL(uri);
    address.searchParams.set('uselibpqcompat', 'true');
    if (address.searchParams.get('host')?.startsWith('/') !== true)
      address.searchParams.set('sslmode', may ? 'require' : sslMode);
    try {
      return await this.connectTo(address.href);
    } catch (error) {
      if (!may || !(error as Error).message.includes('does not support SSL')) throw error;
      address.searchParams.set('sslmode', 'disable');
      return this.connectTo(address.href);
    }
  }

  private async connectTo(connectionString: string): Promise<Client> {
    const client = new this.library.Client({
      connectionString,
      application_name: 'tapline-run',
      connectionTimeoutMillis: requestTimeoutMs,
      query_timeout: requestTimeoutMs,
      keepAlive: true,
    });
    // Told while nobody asks: the next one who does opens another connection.
    client.on('error', () => {
      if (this.client === client) this.client = undefined;
    });
    await client.connect();
    return client;
  }

  private drop(): void {
    const { client } = this;
    this.client = undefined;
    void client?.end().catch(() => undefined);
  }

  private explain(error: unknown): unknown {
    if (error instanceof Problem || error instanceof StoreAway || !(error instanceof Error)) return error;
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof this.library.DatabaseError)) {
      this.drop();
      if (code !== undefined && certificate.test(code)) {
        return new Problem(`${this.where}: its certificate is not trusted: ${error.message}`, {
          fix: 'Name its authority with sslrootcert in database_uri.',
        });
      }
      return new StoreAway(this.where, error);
    }
    if (code !== undefined && passing.test(code)) {
      this.drop();
      return new StoreAway(this.where, error);
    }
    return new Problem(`${this.where} refused: ${error.message}`, {
      fix: 'Look at database_uri, and at what its user may do.',
    });
  }
}

function sqlOf(client: Client): Sql {
  return async <Row>(statement: string, ...values: unknown[]) => {
    let place = 0;
    const numbered = statement.replace(/\?/g, () => `$${(place += 1)}`);
    return (await client.query(numbered, values)).rows as Row[];
  };
}
