import { PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { type Transaction } from '@tributary/fact-bus';
import { testPostgres } from '@tributary/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { coordinatorMigrations } from './coordinator-migrations';
import { PostgresGateMemory } from './postgres.gate.memory';
import { aGateMemory, anEntry, aTask, aVerdict, aWindow, created, type GateMemoryWorld } from './testing/gate.memory.contract';

interface World extends GateMemoryWorld {
  readonly database: PostgresDatabase;
}

async function aWorld(): Promise<World> {
  const empty = await (await testPostgres()).database();
  const database = await PostgresDatabase.connect({ url: empty.url, schema: 'coordinator', migrations: coordinatorMigrations, poolMax: 6 });
  return {
    database,
    memory: new PostgresGateMemory(database),
    transaction: (work) => database.transaction(work),
    elapse: async (milliseconds) => {
      await sleep(milliseconds);
    },
    end: async () => {
      await database.close();
      await empty.drop();
    },
  };
}

afterAll(async () => {
  await (await testPostgres()).stop();
});

aGateMemory('the memory in PostgreSQL', aWorld);

describe('the memory in PostgreSQL, between two connections', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  afterEach(async () => {
    await world.end();
  });

  /** Runs `first` up to its end, then `second` beside it; commits the first once the second has had time to run into its locks. */
  async function race<A, B>(first: (tx: Transaction) => Promise<A>, second: (tx: Transaction) => Promise<B>) {
    const [began, hold] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const order: string[] = [];
    const one = world.database.transaction(async (tx: PostgresTransaction) => {
      const answer = await first(tx);
      began.resolve(undefined);
      await hold.promise;
      order.push('first');
      return answer;
    });
    await began.promise;
    const two = world.database.transaction(async (tx) => {
      const answer = await second(tx);
      order.push('second');
      return answer;
    });
    const settled = two.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await sleep(100);
    hold.resolve(undefined);
    return { first: await one, second: await settled, order };
  }

  it('who locks a task second sees what the first has saved', async () => {
    const { memory } = world;
    const raced = await race(
      async (tx) => {
        await memory.lock(tx, [aTask('t')]);
        await memory.save(tx, [aTask('t', { sequence: 41 })], [aWindow('t', { dueWatchMs: 5 })]);
      },
      async (tx) => memory.lock(tx, [aTask('t')]),
    );
    expect(raced.order).toEqual(['first', 'second']);
    expect(raced.second).toMatchObject({ value: [{ task: { sequence: 41 }, windows: [{ dueWatchMs: 5 }] }] });
  });

  it('two that make the same unknown tasks, in whatever order they name them, make them once', async () => {
    const { memory } = world;
    const [a, b] = [aTask('a'), aTask('b')];
    const raced = await race(
      async (tx) => memory.lock(tx, [a, b]),
      async (tx) => memory.lock(tx, [b, a]),
    );
    expect(raced.order).toEqual(['first', 'second']);
    expect(raced.second).toEqual({ value: raced.first });
  });

  it('a task that is forgotten while somebody waits for it is made anew', async () => {
    const { memory } = world;
    await world.transaction(async (tx) => {
      await memory.lock(tx, [aTask('t')]);
      await memory.save(tx, [aTask('t', { sequence: 1, lastFactAt: '2026-01-01T00:00:00.000Z' })], []);
    });
    const raced = await race(
      (tx) => memory.forgetUncreated(tx, '2026-01-02T00:00:00.000Z'),
      (tx) => memory.lock(tx, [aTask('t')]),
    );
    expect(raced.first).toBe(1);
    expect(raced.second).toEqual({ value: [{ task: aTask('t'), windows: [] }] });
  });

  it('a task that is created while somebody would forget it stays', async () => {
    const { memory } = world;
    const old = aTask('t', { sequence: 1, lastFactAt: '2026-01-01T00:00:00.000Z' });
    await world.transaction(async (tx) => {
      await memory.lock(tx, [old]);
      await memory.save(tx, [old], []);
    });
    const raced = await race(
      async (tx) => {
        await memory.lock(tx, [old]);
        await memory.save(tx, [{ ...old, created: created('2026-01-01T00:00:01.000Z') }], []);
      },
      (tx) => memory.forgetUncreated(tx, '2026-01-02T00:00:00.000Z'),
    );
    expect(raced.second).toEqual({ value: 0 });
    expect((await memory.find('t'))!.task.created).toBeDefined();
  });

  it('[I1] of two verdicts of one revision, the second is refused', async () => {
    const raced = await race(
      (tx) => world.memory.settle(tx, [aVerdict('t')]),
      (tx) => world.memory.settle(tx, [aVerdict('t', { status: 'FAILED' })]),
    );
    expect(raced.second).toMatchObject({ error: { code: '23505' } });
    expect((await world.memory.verdict('t'))!.status).toBe('SUCCESS');
  });

  it('[E-044] of two entries with one number, the second is refused', async () => {
    const raced = await race(
      (tx) => world.memory.append(tx, [anEntry('t', 1)]),
      (tx) => world.memory.append(tx, [anEntry('t', 1)]),
    );
    expect(raced.second).toMatchObject({ error: { code: '23505' } });
  });

  const clock = (epoch: number, partition = 1) => [{ partition, epoch }];

  it('[I10] two that move one clock at once count every millisecond once', async () => {
    const { memory } = world;
    const [first] = await world.transaction((tx) => memory.takeOver(tx, clock(1), 500));
    await sleep(50);
    const raced = await race(
      (tx) => memory.advance(tx, clock(1), 500),
      (tx) => memory.advance(tx, clock(1), 500),
    );
    const [[one], second] = [raced.first, raced.second as { value: typeof raced.first }];
    const two = second.value[0]!;
    // The second has waited for the first, and counts from where that one has left it.
    expect(two.wallMs - one!.wallMs).toBeGreaterThanOrEqual(90);
    expect(two.watchMs - one!.watchMs).toBe(two.wallMs - one!.wallMs);
    expect(two.watchMs).toBe(two.wallMs - first!.wallMs);
  });

  it('[I10] a hundred that move clocks from six connections lose and invent nothing', async () => {
    const { memory } = world;
    const shards = [3, 1, 2].map((partition) => ({ partition, epoch: 1 }));
    const begun = await world.transaction((tx) => memory.takeOver(tx, shards, 5_000));
    await Promise.all(Array.from({ length: 100 }, (_, n) => world.transaction((tx) => memory.advance(tx, n % 2 ? shards : shards.toReversed(), 5_000))));
    const done = await world.transaction((tx) => memory.advance(tx, shards, 5_000));
    for (const { partition, watchMs, pausedMs, wallMs } of done) {
      const from = begun.find((candidate) => candidate.partition === partition)!;
      expect([watchMs, pausedMs]).toEqual([wallMs - from.wallMs, 0]);
    }
  });

  it('[F3] an owner that is replaced while it waits moves nothing', async () => {
    const { memory } = world;
    await world.transaction((tx) => memory.takeOver(tx, clock(1), 500));
    const raced = await race(
      (tx) => memory.takeOver(tx, clock(2), 500),
      (tx) => memory.advance(tx, clock(1), 500),
    );
    expect(raced.second).toEqual({ value: [] });
    const [now] = await world.transaction((tx) => memory.advance(tx, clock(2), 60_000));
    expect(now!.watchMs + now!.pausedMs).toBe(now!.wallMs - raced.first[0]!.wallMs + raced.first[0]!.pausedMs);
  });

  it('[F3] a takeover waits for an owner that is at it, and goes on from there', async () => {
    const { memory } = world;
    await world.transaction((tx) => memory.takeOver(tx, clock(1), 500));
    await sleep(30);
    const raced = await race(
      (tx) => memory.advance(tx, clock(1), 500),
      (tx) => memory.takeOver(tx, clock(2), 500),
    );
    const [
      [before],
      {
        value: [after],
      },
    ] = [raced.first, raced.second as { value: typeof raced.first }];
    expect(after!.watchMs).toBe(before!.watchMs);
    expect(after!.pausedMs).toBe(after!.wallMs - before!.wallMs);
  });

  it('of two takeovers with one epoch, one wins', async () => {
    const raced = await race(
      (tx) => world.memory.takeOver(tx, clock(7), 500),
      (tx) => world.memory.takeOver(tx, clock(7), 500),
    );
    expect([raced.first.length, raced.second]).toEqual([1, { value: [] }]);
  });

  it('[F21] a clock of the database that is set back stands for a moment and goes on', async () => {
    const { memory, database } = world;
    await world.transaction((tx) => memory.takeOver(tx, clock(1), 500));
    // The same as setting the clock back by an hour.
    await database.query(`UPDATE watch SET seen_at = seen_at + interval '1 hour'`);
    const [stands] = await world.transaction((tx) => memory.advance(tx, clock(1), 500));
    await sleep(40);
    const [goesOn] = await world.transaction((tx) => memory.advance(tx, clock(1), 500));
    expect(stands!.watchMs + stands!.pausedMs).toBe(0);
    expect(goesOn!.watchMs).toBeGreaterThanOrEqual(39);
    expect(goesOn!.watchMs).toBeLessThan(500);
  });

  it('[E-001] the ledger and the verdicts cannot be changed', async () => {
    await world.transaction((tx) => world.memory.append(tx, [anEntry('t', 1)]));
    await world.transaction((tx) => world.memory.settle(tx, [aVerdict('t')]));
    await expect(world.database.query('UPDATE ledger SET late = true')).rejects.toThrow('immutable');
    await expect(world.database.query(`UPDATE verdict SET status = 'FAILED'`)).rejects.toThrow('immutable');
  });
});
