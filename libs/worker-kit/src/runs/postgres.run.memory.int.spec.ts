import { PostgresDatabase } from '@tributary/persistence';
import { testPostgres } from '@tributary/testing';
import { v7 } from 'uuid';
import { aCandidate } from '../testing/a-run';
import { aRunMemory } from '../testing/run-memory.contract';
import { PostgresRunMemory } from './postgres.run.memory';
import { keyOf } from './run';
import { RunSchema1763710000000 } from './run-schema.migration';
import { RunUnderway1763730000000 } from './run-underway.migration';

const memory = new PostgresRunMemory();

async function fresh(): Promise<{ database: PostgresDatabase; end: () => Promise<void> }> {
  const { url, ...empty } = await (await testPostgres()).database();
  const database = await PostgresDatabase.connect({ url, schema: 'test_worker', migrations: [RunSchema1763710000000, RunUnderway1763730000000], poolMax: 6 });
  return {
    database,
    end: async () => {
      await database.close();
      await empty.drop();
    },
  };
}

afterAll(async () => (await testPostgres()).stop());

aRunMemory('runs in PostgreSQL', async () => {
  const { database, end } = await fresh();
  return { memory, database, pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)), end };
});

describe('two connections at once', () => {
  let database: PostgresDatabase;
  let end: () => Promise<void>;
  beforeEach(async () => ({ database, end } = await fresh()));
  afterEach(() => end());

  it('claim different runs, each once, and nobody waits for the other', async () => {
    await database.transaction((tx) =>
      memory.add(
        tx,
        Array.from({ length: 40 }, (_, n) => aCandidate(`t${n}`)),
      ),
    );
    const [first, second] = await Promise.all([
      database.transaction(async (tx) => {
        const mine = await memory.claim(tx, { owner: v7(), limit: 15, leaseMs: 5_000 });
        // Still holding its rows while the other claims.
        const theirs = await database.transaction((inner) => memory.claim(inner, { owner: v7(), limit: 15, leaseMs: 5_000 }));
        return [...mine, ...theirs];
      }),
      database.transaction((tx) => memory.claim(tx, { owner: v7(), limit: 10, leaseMs: 5_000 })),
    ]);
    const keys = [...first, ...second].map(keyOf);
    expect(keys).toHaveLength(40);
    expect(new Set(keys).size).toBe(40);
  });

  it('an end and a takeover that race have one winner', async () => {
    for (let round = 0; round < 20; round++) {
      const [me, other] = [v7(), v7()];
      await database.transaction((tx) => memory.add(tx, [aCandidate(`r${round}`)]));
      const [run] = await database.transaction((tx) => memory.claim(tx, { owner: me, limit: 1, leaseMs: 1 }));
      await new Promise((resolve) => setTimeout(resolve, 3));
      const [ended, taken] = await Promise.all([
        database.transaction((tx) => memory.apply(tx, me, 1, [{ key: run!, attempt: 1, change: { kind: 'end', state: 'DONE', outcome: 'PASS' } }])),
        database.transaction((tx) => memory.claim(tx, { owner: other, limit: 1, leaseMs: 60_000 })),
      ]);
      expect(ended.size + taken.length).toBe(1);
    }
  });

  it('a close and an end that race do not wait for each other in a ring', async () => {
    const keys = Array.from({ length: 30 }, (_, n) => aCandidate(`c${n}`));
    const me = v7();
    await database.transaction((tx) => memory.add(tx, keys));
    const runs = await database.transaction((tx) => memory.claim(tx, { owner: me, limit: 30, leaseMs: 60_000 }));
    const steps = runs.map((run) => ({ key: run, attempt: 1, change: { kind: 'start', manifest: undefined, configRevision: 0, underway: true } as const }));
    const windows = keys.map(({ tenant, taskId, round }) => ({ tenant, taskId, round, cancelled: true }));
    await Promise.all([
      ...[steps, steps.toReversed()].map((batch) => database.transaction((tx) => memory.apply(tx, me, 60_000, batch))),
      ...[windows, windows.toReversed()].map((batch) => database.transaction((tx) => memory.close(tx, batch))),
    ]);
    const left = await database.transaction((tx) => memory.list(tx, { limit: 50 }));
    expect(new Set(left.map(({ state }) => state))).toEqual(new Set(['CANCELLED']));
  });
});
