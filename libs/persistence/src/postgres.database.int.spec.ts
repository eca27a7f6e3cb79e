/** What the database promises, against a real server: statements prepared by name that outlive other people's migrations, and no half of a transaction. */
import { testPostgres } from '@tributary/testing';
import { PostgresDatabase, type PostgresSession } from './postgres.database';
import { isTransient } from './transient';

let database: PostgresDatabase;
let other: PostgresSession;
let url: string;
let drop: () => Promise<void>;

beforeAll(async () => {
  const made = await (await testPostgres()).database();
  url = made.url;
  drop = () => made.drop();
  database = await PostgresDatabase.connect({ url, schema: 'mine', migrations: [], poolMax: 1 });
  other = await database.session();
  await other.query('CREATE TABLE thing (id int PRIMARY KEY, name text)');
});
afterAll(async () => {
  await other.end();
  await database.close();
  await drop();
  await (await testPostgres()).stop();
});

const count = async (): Promise<number> => (await other.query<{ n: number }>('SELECT count(*)::int AS n FROM thing'))[0]!.n;

describe('a transaction', () => {
  it('holds everything or nothing', async () => {
    await expect(
      database.transaction(async (tx) => {
        expect(await tx.execute('INSERT INTO thing VALUES ($1, $2)', [1, 'a'])).toBe(1);
        throw new Error('after all, no');
      }),
    ).rejects.toThrow('after all, no');
    expect(await count()).toBe(0);
  });

  it('whose failed statement was swallowed does not commit, and says so', async () => {
    const swallowing = database.transaction(async (tx) => {
      await tx.execute('INSERT INTO thing VALUES ($1, $2)', [1, 'a']);
      await tx.query('SELECT 1 / $1::int', [0]).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow('was aborted');
    expect(await count()).toBe(0);
  });

  it('runs its hooks around the commit', async () => {
    const seen: (string | number)[] = [];
    await database.transaction(async (tx) => {
      tx.beforeCommit(async () => {
        await tx.execute('INSERT INTO thing VALUES ($1, $2)', [2, 'hook']);
        seen.push('before');
      });
      tx.afterCommit(() => seen.push('after'));
      seen.push(await tx.execute('INSERT INTO thing VALUES ($1, $2)', [3, 'work']));
    });
    expect(seen).toEqual([1, 'before', 'after']);
    expect(await count()).toBe(2);
  });
});

describe('a connection', () => {
  it('prepares a statement once', async () => {
    for (let n = 0; n < 3; n++) await database.query('SELECT name FROM thing WHERE id = $1', [n]);
    const prepared = await database.query<{ calls: number }>(
      'SELECT (generic_plans + custom_plans)::int AS calls FROM pg_prepared_statements WHERE statement LIKE $1',
      ['SELECT name FROM thing%'],
    );
    expect(prepared).toEqual([{ calls: 3 }]);
  });

  it('whose prepared statement no longer fits the table is replaced', async () => {
    const look = (): Promise<unknown[]> => database.query('SELECT * FROM thing WHERE id = $1', [3]);
    for (let n = 0; n < 8; n++) await look();
    await other.query('ALTER TABLE thing ADD COLUMN size int');
    const error: unknown = await look().catch((reason: unknown) => reason);
    expect(isTransient(error)).toBe(true);
    expect(await look()).toEqual([{ id: 3, name: 'work', size: null }]);
  });

  it('that the server ends takes nobody with it', async () => {
    const killed = database.transaction(async (tx) => {
      const [me] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await tx.execute('INSERT INTO thing VALUES ($1, $2)', [4, 'lost']);
      await other.query('SELECT pg_terminate_backend($1)', [me!.pid]);
      await tx.query('SELECT 1');
    });
    const error: unknown = await killed.catch((reason: unknown) => reason);
    expect(isTransient(error)).toBe(true);
    expect(await database.query('SELECT id FROM thing WHERE id = $1', [4])).toEqual([]);
  });
});

it('closing cuts off who is still at work, and waits for nobody', async () => {
  const second = await PostgresDatabase.connect({ url, schema: 'mine', migrations: [], poolMax: 2 });
  const hanging = second.transaction((tx) => tx.query('SELECT pg_sleep(60)')).catch((reason: unknown) => reason);
  const waiting = second.transaction(() => new Promise<never>(() => undefined)).catch((reason: unknown) => reason);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await second.close();
  expect(await hanging).toBeInstanceOf(Error);
  expect(await Promise.race([waiting, Promise.resolve('for ever')])).toBe('for ever');
});
