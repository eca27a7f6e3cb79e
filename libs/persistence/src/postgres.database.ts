/** A service's PostgreSQL: TypeORM data source, own schema, transactions with hooks around the commit, dedicated sessions for LISTEN and locks. */
import { Client, type Pool, type PoolClient, types } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';
import { type PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { isStaleStatement, StatementNames } from './statement-names';
import { CommitHooks, type Database, type Transaction } from './transaction';

/** 64-bit integers as numbers: positions and counts stay far below 2^53. */
types.setTypeParser(types.builtins.INT8, Number);

export interface PostgresOptions {
  readonly url: string;
  /** Own schema; created when absent. */
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Connections at most. */
  readonly poolMax?: number;
  /** A transaction that takes longer is ended by the server. */
  readonly transactionTimeoutMs?: number;
  readonly applicationName?: string;
}

export class PostgresTransaction implements Transaction {
  readonly #hooks = new CommitHooks();

  constructor(
    private readonly client: PoolClient,
    private readonly names: StatementNames,
  ) {}

  beforeCommit(hook: () => Promise<void>): void {
    this.#hooks.before(hook);
  }

  afterCommit(hook: () => void): void {
    this.#hooks.after(hook);
  }

  /** The rows of a statement (of its RETURNING clause, when it writes). */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(this.names.prepared(sql, parameters))).rows as Row[];
  }

  /** How many rows a statement touched. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.client.query(this.names.prepared(sql, parameters))).rowCount ?? 0;
  }

  hooks(): CommitHooks {
    return this.#hooks;
  }
}

/** A connection of its own: for LISTEN, session locks and heartbeats. */
export interface PostgresSession {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  onNotification(listener: (channel: string, payload: string) => void): void;
  /** Told once, when the connection is gone, whoever ended it. */
  onEnd(listener: () => void): void;
  end(): Promise<void>;
}

export class PostgresDatabase implements Database<PostgresTransaction> {
  readonly #names = new StatementNames();
  readonly #pool: Pool;
  readonly #inUse = new Set<PoolClient>();

  private constructor(
    private readonly source: DataSource,
    private readonly options: PostgresOptions,
  ) {
    // The data source's own pool: hot statements are prepared by name, which its query runner cannot do.
    this.#pool = (source.driver as PostgresDriver).master as Pool;
  }

  /** Connects and migrates. Safe to call from several replicas at once: an advisory lock lets one migrate, the others wait. */
  static async connect(options: PostgresOptions): Promise<PostgresDatabase> {
    await prepareSchema(options);
    const source = new DataSource({
      type: 'postgres',
      url: options.url,
      schema: options.schema,
      migrations: [...options.migrations],
      migrationsTableName: 'migration',
      migrationsTransactionMode: 'each',
      poolSize: options.poolMax ?? 6,
      applicationName: options.applicationName ?? `tributary-${options.schema}`,
      connectTimeoutMS: 10_000,
      extra: {
        idleTimeoutMillis: 30_000,
        // A prepared statement keeps the plan of its first calls, when the tables of a new installation are still empty: by index, whatever they hold.
        options: `-c search_path=${options.schema} -c transaction_timeout=${options.transactionTimeoutMs ?? 30_000} -c enable_seqscan=off -c jit=off`,
      },
    });
    await source.initialize();
    const database = new PostgresDatabase(source, options);
    try {
      await database.#migrate();
    } catch (error) {
      await source.destroy();
      throw error;
    }
    return database;
  }

  async transaction<R>(work: (tx: PostgresTransaction) => Promise<R>): Promise<R> {
    return await this.#connected(async (client) => {
      const tx = new PostgresTransaction(client, this.#names);
      // Awaited: what follows a BEGIN that failed would commit by itself.
      await client.query('BEGIN');
      try {
        const result = await work(tx);
        await tx.hooks().runBefore();
        await commit(client);
        tx.hooks().runAfter();
        return result;
      } catch (error) {
        // A broken connection cannot roll back; the server does.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  /** One statement outside of any transaction. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return await this.#connected(async (client) => (await client.query(this.#names.prepared(sql, parameters))).rows as Row[]);
  }

  async session(): Promise<PostgresSession> {
    return await openSession(this.options);
  }

  async close(): Promise<void> {
    if (!this.source.isInitialized) return;
    // Who is still at work is cut off: the pool would wait for ever for a statement that hangs.
    for (const client of this.#inUse) this.#giveBack(client, true);
    await this.source.destroy();
  }

  async #connected<R>(work: (client: PoolClient) => Promise<R>): Promise<R> {
    const client = await this.#pool.connect();
    // Whoever waits for an answer is told; an error event without a listener would end the process.
    client.on('error', ignore);
    this.#inUse.add(client);
    let spoilt = false;
    try {
      return await work(client);
    } catch (error) {
      spoilt = isStaleStatement(error) || client.getTransactionStatus() !== 'I';
      throw error;
    } finally {
      this.#giveBack(client, spoilt);
    }
  }

  #giveBack(client: PoolClient, spoilt: boolean): void {
    if (!this.#inUse.delete(client)) return;
    // A connection that is cut off still has something to say.
    if (!spoilt) client.removeListener('error', ignore);
    client.release(spoilt);
  }

  async #migrate(): Promise<void> {
    const lock = await openSession(this.options);
    try {
      await lock.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`tributary:migrate:${this.options.schema}`]);
      await this.source.runMigrations();
    } finally {
      await lock.end();
    }
  }
}

/** The SQL side of a transaction, for PostgreSQL stores. Throws a TypeError when stores and database are of different kinds: a wiring mistake. */
export function sqlOf(tx: Transaction): PostgresTransaction {
  if (tx instanceof PostgresTransaction) return tx;
  throw new TypeError('A PostgreSQL store was given the transaction of another database.');
}

const ignore = (): void => undefined;

/** PostgreSQL answers the COMMIT of an aborted transaction with ROLLBACK, and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('COMMIT');
  if (command !== 'COMMIT') throw new Error('The transaction was aborted: one of its statements had failed, and nobody said so.');
}

async function prepareSchema({ url, schema }: PostgresOptions): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(schema)) throw new RangeError(`not a schema name: ${schema}`);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    // Two sessions that create one schema at once would collide in the catalogue.
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`tributary:schema:${schema}`]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  } finally {
    await client.end();
  }
}

async function openSession({ url, schema, applicationName }: PostgresOptions): Promise<PostgresSession> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: `${applicationName ?? `tributary-${schema}`}-session`,
    options: `-c search_path=${schema}`,
  });
  const ended: (() => void)[] = [];
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    for (const listener of ended) listener();
  };
  // Without a listener an error event would end the process; 'end' follows it.
  client.on('error', end);
  client.on('end', end);
  await client.connect();
  let last: Promise<unknown> = Promise.resolve();
  /** A connection does one thing at a time. */
  const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    query: <Row>(sql: string, parameters: readonly unknown[] = []) => inTurn(async () => (await client.query(sql, [...parameters])).rows as Row[]),
    onNotification: (listener) =>
      client.on('notification', ({ channel, payload }) => {
        listener(channel, payload ?? '');
      }),
    onEnd: (listener) => ended.push(listener),
    end: () => client.end(),
  };
}
