import { type PostgresTransaction } from '@tributary/persistence';
import { describeWithKafka } from '@tributary/testing';
import { type Delivery, type Exception, type Subscriber } from '../port';
import { type BusDatabase } from '../postgres/bus-database';
import { aFact, numberOf } from '../testing/a-fact';
import { type Effect, eventually } from '../testing/fact-bus.contract';
import { type KafkaProcess, type KafkaWorld, kafkaWorld } from '../testing/kafka-world';
import { keyIn } from '../testing/keys';
import { outboxShippedSql } from './sql/outbox-shipped.sql';

const topic = 'scan.facts';
const key = keyIn(topic, 3);
const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describeWithKafka('the Kafka fact bus when something breaks', { brokers: 1, faults: true }, (kafka) => {
  let world: KafkaWorld;
  let processes: KafkaProcess[];

  beforeEach(async () => {
    world = await kafkaWorld(kafka());
    processes = [];
  });
  afterEach(async () => {
    for (const process of processes) await process.close();
    await world.end();
  });

  const start = async (options: Parameters<KafkaWorld['start']>[0] = {}): Promise<KafkaProcess> => {
    const process = await world.start(options);
    processes.push(process);
    return process;
  };
  const publish = (process: KafkaProcess, from: number, to: number, keys = 1): Promise<void> =>
    process.database.transaction(async (tx) => {
      for (let n = from; n <= to; n++) process.bus.publish(tx, [aFact(keys === 1 ? key : `task-${n % keys}`, n)]);
    });
  const join = async (
    process: KafkaProcess,
    group: string,
    member = 'a',
    also: (batch: readonly Delivery[]) => Promise<readonly Exception[]> = async () => [],
  ): Promise<Subscriber> => {
    const subscriber = await process.bus.subscribe({
      group,
      topics: [topic],
      database: process.database,
      handle: async (batch, tx) => {
        const exceptions = await also(batch);
        const failed = new Set(exceptions.map(({ delivery }) => delivery));
        const rows = batch
          .filter((delivery) => !failed.has(delivery))
          .map(({ fact, key: of }) => ({ group, member, factId: fact.id, key: of, number: numberOf(fact) }));
        await process.write(tx as PostgresTransaction, rows);
        return exceptions;
      },
    });
    return subscriber;
  };
  it('[P-002 P-011] whoever comes after a killed process does not wait for the end of its session', async () => {
    const slow = { sessionTimeoutMs: 30_000 };
    const first = await start(slow);
    await join(first, 'seen-out');
    await publish(first, 1, 20);
    await handled(20);
    await first.crash();
    const second = await start(slow);
    await join(second, 'seen-out', 'b');
    await publish(second, 21, 40);
    const effects = await handled(40, 8_000);
    expect(effects.map(({ number }) => number)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });

  it('leaves alone who lives: two processes of a service stay in the group together', async () => {
    const first = await start();
    const subscriber = await join(first, 'together');
    await subscriber.ready();
    const second = await start();
    const other = await join(second, 'together', 'b');
    await eventually(async () => subscriber.owned().length === 6 && other.owned().length === 6);
    expect(first.troubles).toEqual([]);
  });

  const shipped = (subscriber: Subscriber): Promise<boolean> =>
    eventually(async () => {
      await subscriber.ends([3]);
      return subscriber.outboxShipped(3);
    });
  const handled = (count: number, withinMs?: number): Promise<readonly Effect[]> =>
    eventually(async () => {
      const effects = await world.effects();
      return effects.length >= count && effects;
    }, withinMs);

  it('[I4] a relay that dies between the acknowledgement and its note sends again; the effects happen once', async () => {
    let deaths = 0;
    /** The service's database, but for the note that a page was shipped: it fails as often as a relay dies. */
    const dying = (database: BusDatabase): BusDatabase => ({
      transaction: (work) => database.transaction(work),
      session: () => database.session(),
      query: async (sql, parameters) => {
        if (sql === outboxShippedSql && deaths++ < 5) throw new Error('killed');
        return await database.query(sql, parameters);
      },
    });
    const process = await start({ database: dying(world.database) });
    const subscriber = await join(process, 'twice');
    await subscriber.ready();
    for (let n = 0; n < 4; n++) await publish(process, n * 50 + 1, n * 50 + 50, 20);
    const effects = await handled(200);
    await eventually(async () => (await world.database.query('SELECT 1 FROM bus_outbox')).length === 0);
    const end = await subscriber.ends(Array.from({ length: 12 }, (_, partition) => partition));
    const inLog = [...end.values()].reduce((sum, of) => sum + (of[topic] ?? 0), 0);
    expect(deaths).toBeGreaterThan(5);
    expect(inLog).toBeGreaterThan(200);
    for (const [partition, of] of end) await eventually(async () => subscriber.reached(partition, of));
    expect(await world.effects()).toHaveLength(200);
    expect(new Set(effects.map(({ factId }) => factId)).size).toBe(200);
    expectOrder(effects);
  });

  it('[P-003] without a broker facts are published all the same; when it is back, everything arrives, once and in order', async () => {
    const process = await start();
    const subscriber = await join(process, 'outage');
    await subscriber.ready();
    await publish(process, 1, 20, 5);
    await handled(20);
    await shipped(subscriber);
    await kafka().kill!();
    const [since, seenAt] = [Date.now(), subscriber.readableAt()];
    await publish(process, 21, 40, 5);
    await publish(process, 41, 41);
    expect(subscriber.outboxShipped(3)).toBe(false);
    await expect(subscriber.ends([3])).rejects.toThrow();
    await expect(process.bus.probe()).rejects.toThrow();
    // Long enough that kafkajs gives up, so that consumer and relay have to be built anew.
    await eventually(async () => process.troubles.some((error) => /NonRetriable|NumberOfRetriesExceeded|Connection/.test((error as Error).name)), 20_000);
    await sleep(Math.max(0, 9_000 - (Date.now() - since)));
    expect(subscriber.readableAt() - seenAt).toBeLessThan(3_000);
    await publish(process, 42, 60, 5);
    expect(await world.effects()).toHaveLength(20);
    await kafka().restart!();
    const effects = await handled(60, 30_000);
    expect(effects).toHaveLength(60);
    expectOrder(effects);
    await shipped(subscriber);
    await process.bus.probe();
    expect(subscriber.readableAt()).toBeGreaterThan(seenAt);
  });

  it('a handler slower than the session keeps its membership', async () => {
    const process = await start({ sessionTimeoutMs: 1_000 });
    let calls = 0;
    const subscriber = await join(process, 'slow', 'a', async () => {
      calls++;
      await sleep(3_000);
      return [];
    });
    await subscriber.ready();
    const before = subscriber.owned();
    process.troubles.length = 0;
    await publish(process, 1, 3);
    await handled(3);
    expect(calls).toBe(1);
    expect(subscriber.owned()).toEqual(before);
    expect(process.troubles).toEqual([]);
  });

  it('a parked key survives the process, and keeps its order in the next one', async () => {
    const first = await start({ retry: { attemptsMax: 3, backoffMs: () => 200, laterMs: 200 } });
    await (await join(first, 'parked', 'first', async (batch) => batch.map((delivery) => ({ kind: 'later', delivery, because: 'not here' })))).ready();
    await publish(first, 1, 3);
    await eventually(async () => (await world.database.query('SELECT 1 FROM bus_parked')).length === 3);
    await first.close();
    const second = await start();
    await (await join(second, 'parked', 'second')).ready();
    await publish(second, 4, 4);
    const effects = await handled(4);
    expect(effects.map(({ number, member }) => [number, member])).toEqual([1, 2, 3, 4].map((number) => [number, 'second']));
  });

  it('what a fenced owner had under way has no effect, and the shard is taken again by whom the group gave it', async () => {
    const process = await start();
    const gate = Promise.withResolvers<undefined>();
    let entered = 0;
    const subscriber = await join(process, 'fenced', 'a', async () => {
      if (entered++ === 0) await gate.promise;
      return [];
    });
    await subscriber.ready();
    await publish(process, 1, 1);
    await eventually(async () => entered > 0);
    // What a takeover by another member does, while this one stands before its commit.
    await world.database.query('UPDATE bus_position SET epoch = epoch + 1');
    gate.resolve(undefined);
    expect(await handled(1)).toHaveLength(1);
    expect(entered).toBe(2);
    expect(subscriber.owned()).toHaveLength(12);
  });

  it('one process of a service ships for all; when it stops, another goes on', async () => {
    const [one, two] = [await start(), await start()];
    await (await join(one, 'relay', 'one')).ready();
    for (const [n, process] of [one, two, one, two].entries()) await publish(process, n * 10 + 1, n * 10 + 10, 3);
    await handled(40);
    await one.close();
    const subscriber = await join(two, 'relay', 'two');
    await subscriber.ready();
    await publish(two, 41, 50, 3);
    const effects = await handled(50);
    expect(effects).toHaveLength(50);
    expectOrder(effects);
  });
});

function expectOrder(effects: readonly Effect[]): void {
  for (const of of Map.groupBy(effects, ({ key: name }) => name).values()) {
    expect(of.map(({ number }) => number)).toEqual(of.map(({ number }) => number).toSorted((a, b) => a - b));
  }
}
