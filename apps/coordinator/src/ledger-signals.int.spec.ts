import { systemClock } from '@tributary/fact-bus';
import { PostgresDatabase } from '@tributary/persistence';
import { testPostgres } from '@tributary/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerSignals } from './ledger-signals';

describe('signals between replicas', () => {
  it('reach the others, and are told and heard again after the sessions were lost', async () => {
    const server = await testPostgres();
    const empty = await server.database();
    const database = await PostgresDatabase.connect({ url: empty.url, schema: 'coordinator', migrations: [], poolMax: 2 });
    const make = (member: string) => new LedgerSignals({ member, clock: systemClock, connect: () => database.session(), onTrouble: () => undefined });
    const [a, b] = [make('a'), make('b')];
    await a.start();
    await b.start();
    const heard = { a: 0, b: 0 };
    a.listen('t', () => heard.a++);
    b.listen('t', () => heard.b++);
    const ids = Array.from({ length: 500 }, (_, n) => `${n}-${'x'.repeat(60)}`);
    a.grown([...ids, 't']);
    await sleep(300);
    // Its own listeners at once and once: what it has told itself is not news.
    expect(heard).toEqual({ a: 1, b: 1 });
    await database.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%-session' AND datname = current_database()`);
    await sleep(100);
    a.grown(['t']);
    await sleep(1_500);
    // The session back: everybody looks; and what could not be told meanwhile is told.
    expect(heard.a).toBeGreaterThanOrEqual(2);
    expect(heard.b).toBeGreaterThanOrEqual(2);
    const before = heard.b;
    a.grown(['t']);
    await sleep(300);
    expect(heard.b).toBe(before + 1);
    await a.close();
    await b.close();
    await database.close();
    await empty.drop();
    await server.stop();
  });
});
