/** The fact bus alone: how soon a committed fact is handled, and how many per second go through in batches. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BusSchema1763700000000, type FactBus, KafkaBusTables1763700000100, KafkaFactBus, PostgresFactBus } from '@tributary/fact-bus';
import { type Fact, makeFact, SubTaskProgressed } from '@tributary/facts';
import { isTransient, PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { until } from '../testing/until';
import { cpuMsOf } from './cpu';
import { type Measured } from './figures';
import { type Surroundings } from './surroundings';

export type BusKind = 'postgres' | 'kafka';

const hops = 300;
const publishBatch = 500;

class EffectTable1763700000200 {
  readonly name = 'EffectTable1763700000200';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('CREATE TABLE effect (fact_id text PRIMARY KEY)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('forward only'));
  }
}

interface OpenBus {
  readonly database: PostgresDatabase;
  readonly bus: FactBus<PostgresTransaction>;
  readonly publish: (facts: readonly Fact[]) => Promise<void>;
  readonly cpuMs: () => number;
  readonly close: () => Promise<void>;
}

let opened = 0;

async function openBus(kind: BusKind, surroundings: Surroundings): Promise<OpenBus> {
  const server = await surroundings.postgres();
  const url = await surroundings.database(`bus_${++opened}`);
  const options = { newId: () => randomUUID(), isTransient };
  const migrations = [...(kind === 'kafka' ? [KafkaBusTables1763700000100] : []), EffectTable1763700000200];
  const database = await PostgresDatabase.connect({ url, schema: 'service', migrations, poolMax: 16 });
  if (kind === 'kafka') {
    const kafka = await surroundings.kafka();
    const bus = new KafkaFactBus({ ...options, database, service: `bench-${opened}`, prefix: `bench${opened}.`, kafka: { brokers: [kafka.bootstrap] } });
    const cpuMs = (): number => cpuMsOf([server.pid, ...kafka.nodes.flatMap(({ pid }) => pid ?? [])]) + ownCpuMs();
    return { database, bus, publish: publisherOf(database, bus), cpuMs, close: () => bus.close().then(() => database.close()) };
  }
  const own = await PostgresDatabase.connect({ url, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 4 });
  const bus = new PostgresFactBus({ ...options, database: own });
  const close = async (): Promise<void> => {
    await bus.close();
    await own.close();
    await database.close();
  };
  return { database, bus, publish: publisherOf(database, bus), cpuMs: () => cpuMsOf([server.pid]) + ownCpuMs(), close };
}

function publisherOf(database: PostgresDatabase, bus: FactBus<PostgresTransaction>): OpenBus['publish'] {
  return async (facts) => {
    await database.transaction((tx) => {
      bus.publish(tx, facts);
      return Promise.resolve();
    });
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function aFact(): Fact {
  const taskId = randomUUID();
  return makeFact(SubTaskProgressed, {
    id: randomUUID(),
    source: '/bench',
    subject: taskId,
    time: new Date().toISOString(),
    data: { taskId, round: 1, subTaskType: 'BENCH', attempt: 1, done: 1, total: 2, unit: 'facts' },
  });
}

export async function hopLatency(kind: BusKind, surroundings: Surroundings): Promise<Measured[]> {
  const { database, bus, publish, cpuMs, close } = await openBus(kind, surroundings);
  const heard = new Map<string, (at: number) => void>();
  const subscriber = await bus.subscribe({
    group: 'bench',
    topics: ['scan.facts'],
    database,
    handle: (batch) => {
      const at = performance.now();
      for (const { fact } of batch) heard.get(fact.id)?.(at);
      return Promise.resolve([]);
    },
  });
  await subscriber.ready();
  const hop = async (): Promise<number> => {
    const fact = aFact();
    const { promise, resolve } = Promise.withResolvers<number>();
    heard.set(fact.id, resolve);
    await publish([fact]);
    const committed = performance.now();
    return Math.max(0, (await promise) - committed);
  };
  for (let warm = 0; warm < 20; warm++) await hop();
  const before = cpuMs();
  const values: number[] = [];
  for (let n = 0; n < hops; n++) {
    values.push(await hop());
    await sleep(5);
  }
  const cpu = { ms: (cpuMs() - before) / hops, per: 'fact' };
  await subscriber.stop();
  await close();
  return [{ what: `commit to handler, ${kind}`, unit: 'ms', values, cpu, note: 'one fact at a time' }];
}

export async function throughput(kind: BusKind, surroundings: Surroundings): Promise<Measured[]> {
  const { database, bus, publish, cpuMs, close } = await openBus(kind, surroundings);
  let handled = 0;
  const subscriber = await bus.subscribe({
    group: 'bench',
    topics: ['scan.facts'],
    database,
    handle: async (batch, tx) => {
      await (tx as PostgresTransaction).query('INSERT INTO effect SELECT unnest($1::text[])', [batch.map(({ fact }) => fact.id)]);
      tx.afterCommit(() => {
        handled += batch.length;
      });
      return [];
    },
  });
  await subscriber.ready();
  let published = 0;
  const end = performance.now() + surroundings.loadMs / 2;
  const before = cpuMs();
  const perSecond: number[] = [];
  const publisher = async (): Promise<void> => {
    while (performance.now() < end) {
      const facts = Array.from({ length: publishBatch }, aFact);
      await publish(facts);
      published += publishBatch;
      // Handling is what counts; the log must not run away from it.
      while (published - handled > 20_000 && performance.now() < end) await sleep(5);
    }
  };
  const watch = async (): Promise<void> => {
    for (let last = handled; performance.now() < end;) {
      const began = performance.now();
      await sleep(1_000);
      perSecond.push(((handled - last) / (performance.now() - began)) * 1_000);
      last = handled;
    }
  };
  await Promise.all([publisher(), publisher(), watch()]);
  await until('all facts to be handled', () => handled >= published, { withinMs: 120_000 });
  const cpu = { ms: (cpuMs() - before) / published, per: 'fact' };
  const [{ n } = { n: -1 }] = await database.query<{ n: number }>('SELECT count(*)::int AS n FROM effect');
  if (n !== published) throw new Error(`${published} facts published, ${n} effects`);
  await subscriber.stop();
  await close();
  return [
    {
      what: `published and handled, ${kind}`,
      unit: 'facts/s',
      values: perSecond.slice(1),
      cpu,
      note: `batches of ${publishBatch}, an effect each in the handler's transaction; ${published} facts, ${n} effects`,
    },
  ];
}
