import { Client } from 'pg';
import { testPostgres } from './test-postgres';

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('PostgreSQL for tests', () => {
  afterAll(async () => {
    await (await testPostgres()).stop();
  });

  it('gives empty databases that do not see each other', async () => {
    const server = await testPostgres();
    expect(await testPostgres()).toBe(server);
    const [one, two] = await Promise.all([server.database(), server.database()]);
    await ask(one.url, 'create table only_here (id int)');
    expect(await ask(two.url, "select to_regclass('only_here') as found")).toEqual([{ found: null }]);
    expect(await ask(two.url, "select setting from pg_settings where name = 'transaction_timeout'")).toEqual([{ setting: '0' }]);
    await one.drop();
    await expect(ask(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
    await two.drop();
  });

  it('drops a database that somebody still uses', async () => {
    const database = await (await testPostgres()).database();
    const client = new Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await expect(client.query('select 1')).rejects.toThrow();
  });
});
