import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresDialect,
  type PostgresDialectConfig,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient, PoolConfig } from 'pg';

/** Milliseconds after which the server gives up a statement, or its wait for a lock. */
export interface Limits {
  readonly statementMs: number;
  readonly lockMs: number;
}

/**
 * Kysely's dialect, in which whatever writes is a transaction that begins with what it relies on: its time-outs, and
 * that a commit which was answered is on disk. They are set for the transaction, not for the connection: a pooler in
 * between (PgBouncer) may refuse or ignore what a connection asks for, and lends it to others.
 *
 * A commit goes out once its statements have been answered, so that only a commit without an answer is in doubt.
 */
export function postgresDialect(config: PostgresDialectConfig, limits: Limits): Dialect {
  const dialect = new PostgresDialect(config);
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => new WritingDriver(dialect.createDriver(), beginning(limits)),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

/**
 * The same for bringing the database up to date, in a transaction that keeps others out (`migrate`). Kysely's own lock is
 * the session's: behind PgBouncer, which lends sessions by the transaction, it keeps nobody out.
 */
export function migratingDialect(config: PostgresDialectConfig): Dialect {
  const dialect = new PostgresDialect(config);
  return {
    createAdapter: () => new Unlocked(),
    createDriver: () => dialect.createDriver(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

class Unlocked extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/**
 * One text without parameters is one message to the server. An operator's `remote_apply` is more than `on` and stays.
 * ("Asynchronous Commit", https://www.postgresql.org/docs/current/wal-async-commit.html)
 */
const beginning = ({ statementMs, lockMs }: Limits): CompiledQuery =>
  CompiledQuery.raw(
    [
      'begin; select',
      `set_config('statement_timeout', '${statementMs}', true),`,
      `set_config('lock_timeout', '${lockMs}', true),`,
      "set_config('synchronous_commit',",
      "case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, true)",
    ].join(' '),
  );

class WritingDriver implements Driver {
  readonly #inner: Driver;
  readonly #begin: CompiledQuery;

  constructor(inner: Driver, begin: CompiledQuery) {
    this.#inner = inner;
    this.#begin = begin;
  }

  init: Driver['init'] = (options) => this.#inner.init(options);
  destroy: Driver['destroy'] = (options) => this.#inner.destroy(options);

  async acquireConnection(...options: Parameters<Driver['acquireConnection']>): Promise<DatabaseConnection> {
    return new WritingConnection(await this.#inner.acquireConnection(...options), this);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(innerOf(connection));
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await innerOf(connection).executeQuery(this.#begin);
    } catch (error) {
      // Where what is set fails, the server has begun all the same: nobody gets a connection in the middle of that.
      await this.rollbackTransaction(connection);
      throw error;
    }
    if (connection instanceof WritingConnection) connection.inTransaction = true;
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof WritingConnection) connection.inTransaction = false;
    await this.#inner.commitTransaction(innerOf(connection));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof WritingConnection) connection.inTransaction = false;
    // Where it fails the connection is gone, and the transaction with it: its error would hide why.
    await this.#inner.rollbackTransaction(innerOf(connection)).catch(() => {});
  }
}

/** What begins otherwise may write, as an update with a common table expression in front does. */
const isRead = ({ sql }: CompiledQuery): boolean => /^select\b/i.test(sql);

const innerOf = (connection: DatabaseConnection): DatabaseConnection =>
  connection instanceof WritingConnection ? connection.inner : connection;

/** A connection for as long as somebody has it; a statement that writes by itself gets a transaction of its own. */
class WritingConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  inTransaction = false;
  readonly #driver: WritingDriver;

  constructor(inner: DatabaseConnection, driver: WritingDriver) {
    this.inner = inner;
    this.#driver = driver;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.inTransaction || isRead(query)) return this.inner.executeQuery<Row>(query);
    await this.#driver.beginTransaction(this);
    let result: QueryResult<Row>;
    try {
      result = await this.inner.executeQuery<Row>(query);
    } catch (error) {
      await this.#driver.rollbackTransaction(this);
      throw error;
    }
    await this.#driver.commitTransaction(this);
    return result;
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.inner.streamQuery(query, chunkSize);
  }
}

/**
 * A pool that outlives its connections. Where one is lost while in use its query fails, and it emits `error` as well, which
 * would end the process if nobody listened.
 */
export async function openPool(config: PoolConfig, onLostConnection: (error: Error) => void): Promise<Pool> {
  // Loaded only here: most bots keep their records in SQLite.
  const { default: pg } = await import('pg');
  const pool = new pg.Pool(config);
  pool.on('error', onLostConnection);
  pool.on('connect', (client) => {
    client.on('error', () => {});
    endOnceUnanswered(client);
  });
  return pool;
}

/**
 * Gives up a connection on which the server left a query unanswered for `query_timeout`: the driver leaves it in the
 * pool, where whoever gets it next waits behind that query. After a server that went without a word (a failover) each
 * connection would fail like that until the system's TCP gives it up, which takes a quarter of an hour.
 */
function endOnceUnanswered(client: PoolClient): void {
  client.query = new Proxy(client.query, {
    apply(query, self, given) {
      const answer: unknown = Reflect.apply(query, self, given);
      if (answer instanceof Promise) {
        answer.catch((error: unknown) => {
          if (error instanceof Error && error.message === 'Query read timeout') void client.end();
        });
      }
      return answer;
    },
  });
}

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/;

/**
 * Whether nobody on the way to the server of a `DATABASE_URL` could read along: it is this machine (or a socket in its
 * file system). Or it says by name that the way needs no TLS (`sslmode=disable`).
 */
export function isLocalOrPlainByName(url: string): boolean {
  const read = URL.parse(url);
  const host = read?.searchParams.get('host') ?? read?.hostname ?? '';
  return LOCAL.test(host) || host.startsWith('/') || read?.searchParams.get('sslmode') === 'disable';
}

/** The same, or it asks for TLS. Every other `sslmode` that PostgreSQL's driver takes checks the certificate. */
export const saysHowItIsProtected = (url: string): boolean =>
  isLocalOrPlainByName(url) || URL.parse(url)?.searchParams.has('sslmode') === true;
