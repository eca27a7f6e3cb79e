import { isTransient, PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { partitionOf, topicSettings } from '@tributary/facts';
import { testPostgres } from '@tributary/testing';
import { v7 } from 'uuid';
import { systemClock } from '../clock';
import { aFact, numberOf } from '../testing/a-fact';
import { aFactBus, type BusProcess, type BusWorld, type Effect, eventually } from '../testing/fact-bus.contract';
import { BusSchema1763700000000 } from './bus-schema.migration';
import { LogRetention } from './log-retention';
import { type Delivery, type Subscriber } from '../port';
import { PostgresFactBus } from './postgres.fact-bus';

class EffectTable1763700000001 {
  readonly name = 'EffectTable1763700000001';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('CREATE TABLE effect (n bigserial PRIMARY KEY, group_name text, member text, fact_id text, key text, number int)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const schema = (migration: unknown): (new () => never)[] => [migration as new () => never];

interface OwnWorld extends BusWorld<PostgresTransaction> {
  start(): ReturnType<typeof startProcess>;
}

async function postgresWorld(): Promise<OwnWorld> {
  const server = await testPostgres();
  const database = await server.database();
  const { url } = database;
  const reader = await PostgresDatabase.connect({ url, schema: 'bus', migrations: schema(BusSchema1763700000000), poolMax: 2 });
  const effects = await PostgresDatabase.connect({ url, schema: 'effects', migrations: schema(EffectTable1763700000001), poolMax: 2 });
  return {
    takeoverMs: 3_000,
    start: () => startProcess(url),
    effects: () => effects.query<Effect>('SELECT group_name AS "group", member, fact_id AS "factId", key, number FROM effect ORDER BY n'),
    poison: async (topic, key, body) => {
      await reader.query('SELECT bus.append($1, $2, $3, $4, $5)', [[topic], [partitionOf(key, topicSettings[topic].partitions)], [key], ['poison'], [body]]);
    },
    deadLetters: () => reader.query('SELECT id, group_name AS "group", key, reason, body FROM bus.dead_letter'),
    end: async () => {
      await reader.close();
      await effects.close();
      await database.drop();
    },
  };
}

async function startProcess(url: string): Promise<BusProcess<PostgresTransaction> & { readonly url: string }> {
  const control = await PostgresDatabase.connect({ url, schema: 'bus', migrations: schema(BusSchema1763700000000), poolMax: 4 });
  const database = await PostgresDatabase.connect({ url, schema: 'effects', migrations: schema(EffectTable1763700000001), poolMax: 4 });
  const bus = new PostgresFactBus({
    database: control,
    newId: v7,
    isTransient,
    heartbeatMs: 500,
    leaseMs: 2_000,
    retry: { attemptsMax: 3, backoffMs: () => 100, laterMs: 50 },
  });
  let over = false;
  return {
    url,
    bus,
    database,
    write: async (tx, rows) => {
      const column = <K extends keyof Effect>(name: K): Effect[K][] => rows.map((row) => row[name]);
      await tx.query(
        'INSERT INTO effects.effect (group_name, member, fact_id, key, number) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])',
        [column('group'), column('member'), column('factId'), column('key'), column('number')],
      );
    },
    // As the operating system does it to a killed process: every connection is gone at once.
    crash: async () => {
      over = true;
      await bus.abandon();
      await Promise.all([control.close(), database.close()]).catch(() => undefined);
    },
    close: async () => {
      if (over) return;
      await bus.close();
      await database.close();
      await control.close();
    },
  };
}

afterAll(async () => {
  await (await testPostgres()).stop();
});

aFactBus('the PostgreSQL fact bus', postgresWorld);

describe('the PostgreSQL fact bus, besides', () => {
  it('a member that was suspended and replaced writes nothing when it goes on', async () => {
    const world = await postgresWorld();
    const [zombie, heir] = [await world.start(), await world.start()];
    const gate = Promise.withResolvers<undefined>();
    let entered = false;
    await zombie.bus.subscribe({
      group: 'fenced',
      topics: ['scan.facts'],
      database: zombie.database,
      handle: async (batch, tx) => {
        await zombie.write(
          tx as PostgresTransaction,
          batch.map(({ fact, key }) => ({ group: 'fenced', member: 'zombie', factId: fact.id, key, number: 1 })),
        );
        entered = true;
        await gate.promise;
        return [];
      },
    });
    await heir.database.transaction(async (tx) => {
      heir.bus.publish(tx, [aFact('task-1', 1)]);
    });
    await eventually(async () => entered);
    // What a takeover does, while the zombie stands between its effects and its commit.
    await heir.database.transaction((tx) => tx.query('UPDATE bus.position SET epoch = epoch + 1, owner = NULL WHERE group_name = $1', ['fenced']));
    gate.resolve(undefined);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect((await world.effects()).filter(({ member }) => member === 'zombie')).toEqual([]);
    await zombie.close();
    await heir.close();
    await world.end();
  });

  it('a long transaction elsewhere on the server holds nothing up', async () => {
    const world = await postgresWorld();
    const process = await world.start();
    const elsewhere = Promise.withResolvers<undefined>();
    const long = process.database.transaction(async (tx) => {
      await tx.query('SELECT txid_current()');
      await elsewhere.promise;
    });
    await process.bus.subscribe({
      group: 'free',
      topics: ['scan.facts'],
      database: process.database,
      handle: async (batch, tx) => {
        await process.write(
          tx as PostgresTransaction,
          batch.map(({ fact, key }) => ({ group: 'free', member: 'a', factId: fact.id, key, number: 1 })),
        );
        return [];
      },
    });
    await process.database.transaction(async (tx) => {
      process.bus.publish(tx, [aFact('task-1', 1)]);
    });
    await eventually(async () => (await world.effects()).length === 1, 3_000);
    elsewhere.resolve(undefined);
    await long;
    await process.close();
    await world.end();
  });

  it('[E-001] refuses to change what was said', async () => {
    const world = await postgresWorld();
    const process = await world.start();
    await process.database.transaction(async (tx) => {
      process.bus.publish(tx, [aFact('task-1', 1)]);
    });
    await expect(process.database.transaction((tx) => tx.query("UPDATE bus.fact_log SET body = '{}'"))).rejects.toThrow('facts are immutable');
    await process.close();
    await world.end();
  });
});

describe('notifications', () => {
  it('are sent to nobody while a process is alone, and reach who comes', async () => {
    const world = await postgresWorld();
    const first = await world.start();
    const listener = await PostgresDatabase.connect({ url: first.url, schema: 'bus', migrations: schema(BusSchema1763700000000), poolMax: 1 });
    const session = await listener.session();
    const told: string[] = [];
    session.onNotification((_, payload) => {
      if (payload.includes('appended')) told.push(payload);
    });
    await session.query('LISTEN tributary_bus');
    const heard: string[] = [];
    const join = async ({ bus, database }: BusProcess<PostgresTransaction>, member: string): Promise<Subscriber> => {
      const handle = async (batch: readonly Delivery[]): Promise<readonly []> => {
        heard.push(...batch.map(({ fact }) => `${member} ${numberOf(fact)}`));
        return [];
      };
      return await bus.subscribe({ group: `of-${member}`, topics: ['scan.facts'], database, handle });
    };
    const tell = (number: number): Promise<void> =>
      first.database.transaction(async (tx) => {
        first.bus.publish(tx, [aFact('k', number)]);
      });
    await (await join(first, 'first')).ready();
    await tell(1);
    await eventually(async () => heard.includes('first 1'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told).toEqual([]);
    const second = await world.start();
    await (await join(second, 'second')).ready();
    await tell(2);
    await eventually(async () => heard.includes('second 2'));
    await eventually(async () => told.length > 0);
    await session.end();
    await listener.close();
    await second.close();
    await first.close();
    await world.end();
  });
});

describe('retention of the log', () => {
  let process: Awaited<ReturnType<typeof startProcess>>;
  let log: PostgresDatabase;
  let world: Awaited<ReturnType<typeof postgresWorld>>;
  const trouble: string[] = [];
  const seen: number[] = [];

  beforeAll(async () => {
    world = await postgresWorld();
    process = await world.start();
    log = await PostgresDatabase.connect({ url: process.url, schema: 'bus', migrations: schema(BusSchema1763700000000), poolMax: 1 });
  });
  afterAll(async () => {
    await log.close();
    await process.close();
    await world.end();
  });

  const tell = (...numbers: number[]): Promise<void> =>
    process.database.transaction((tx) => {
      process.bus.publish(
        tx,
        numbers.map((number) => aFact('k', number)),
      );
      return Promise.resolve();
    });
  const listen = (): Promise<Subscriber> =>
    process.bus.subscribe({
      group: 'quick',
      topics: ['scan.facts'],
      database: process.database,
      handle: (batch) => {
        seen.push(...batch.map(({ fact }) => numberOf(fact)));
        return Promise.resolve([]);
      },
    });
  const heard = async (...numbers: number[]): Promise<void> => {
    await eventually(() => Promise.resolve(seen.length >= numbers.length));
    expect(seen).toEqual(numbers);
  };
  /** As if a topic kept its facts for so long. */
  const trimmed = async (keepMs: number): Promise<[removed: number, left: number]> => {
    const surroundings = { clock: systemClock, onTrouble: (error: unknown): void => void trouble.push(String(error)) };
    const removed = await new LogRetention(log, surroundings, (topic) => (topic === 'scan.facts' ? keepMs : undefined)).trim();
    const [row] = await log.query<{ n: number }>('SELECT count(*)::int AS n FROM bus.fact_log');
    return [removed, row!.n];
  };

  it('[A-229] removes what is past its time and was read by all, and says so when it must remove what was not', async () => {
    await tell(1, 2, 3);
    const quick = await listen();
    await heard(1, 2, 3);
    await quick.stop();
    expect(await trimmed(60_000)).toEqual([0, 3]);
    // A group that has not begun holds everything, until it is far too late.
    await log.query("INSERT INTO bus.position (group_name, topic, partition) SELECT 'slow', 'scan.facts', p FROM generate_series(0, 11) AS p");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await trimmed(250)).toEqual([0, 3]);
    await log.query("UPDATE bus.position SET position = 2 WHERE group_name = 'slow'");
    expect(await trimmed(250)).toEqual([2, 1]);
    expect(trouble).toEqual([]);
    expect(await trimmed(10)).toEqual([1, 0]);
    expect(trouble).toEqual([expect.stringContaining('1 facts that a group had not read')]);
    // What is told afterwards is heard as ever.
    await tell(4);
    await listen();
    await heard(1, 2, 3, 4);
  });
});
