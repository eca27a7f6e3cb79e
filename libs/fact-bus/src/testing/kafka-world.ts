/** A world for tests on a real Kafka and a real PostgreSQL: a namespace of its own on the broker, a database of its own, and processes that can be killed. */
import { type Topic } from '@tributary/facts';
import { isTransient, PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { type TestKafka, testPostgres } from '@tributary/testing';
import { Kafka, logLevel, type Message, Partitioners, type ProducerConfig } from 'kafkajs';
import { Socket } from 'node:net';
import { v7 } from 'uuid';
import { KafkaBusTables1763700000100 } from '../kafka/kafka-bus-tables.migration';
import { KafkaFactBus, type KafkaFactBusOptions } from '../kafka/kafka.fact-bus';
import { type BusProcess, type BusWorld, type Effect } from './fact-bus.contract';

export class EffectTable1763700000200 {
  readonly name = 'EffectTable1763700000200';
  async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
    await runner.query('CREATE TABLE effect (n bigserial PRIMARY KEY, group_name text, member text, fact_id text, key text, number int)');
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

export interface KafkaWorld extends BusWorld<PostgresTransaction> {
  readonly bootstrap: string;
  readonly prefix: string;
  readonly database: PostgresDatabase;
  start(options?: Partial<KafkaFactBusOptions>): Promise<KafkaProcess>;
  /** Sends as a foreign producer does. */
  send(topic: Topic, messages: readonly Message[], config?: ProducerConfig): Promise<void>;
  /** A foreign client; the world disconnects nothing that it makes. */
  foreign(): Kafka;
}

export interface KafkaProcess extends BusProcess<PostgresTransaction> {
  readonly bus: KafkaFactBus;
  readonly troubles: unknown[];
}

let worlds = 0;

/** `kafka` is shared by the worlds of a test file. */
export async function kafkaWorld(kafka: TestKafka): Promise<KafkaWorld> {
  const prefix = `w${++worlds}.`;
  const home = await (await testPostgres()).database();
  const { url } = home;
  const connect = (poolMax: number): Promise<PostgresDatabase> =>
    PostgresDatabase.connect({ url, schema: 'service', migrations: [KafkaBusTables1763700000100, EffectTable1763700000200] as never[], poolMax });
  const reader = await connect(3);
  const foreign = (): Kafka => new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 3 } });
  const send: KafkaWorld['send'] = async (topic, messages, config = { createPartitioner: Partitioners.DefaultPartitioner }) => {
    const producer = foreign().producer(config);
    await producer.connect();
    await producer.send({ topic: prefix + topic, messages: [...messages] });
    await producer.disconnect();
  };
  return {
    bootstrap: kafka.bootstrap,
    prefix,
    database: reader,
    takeoverMs: 4_000,
    foreign,
    send,
    start: (options = {}) => startProcess(connect, kafka.bootstrap, prefix, options),
    effects: () => reader.query<Effect>('SELECT group_name AS "group", member, fact_id AS "factId", key, number FROM effect ORDER BY n'),
    poison: (topic, key, value) => send(topic, [{ key, value, headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' } }]),
    deadLetters: () => reader.query('SELECT id, group_name AS "group", key, reason, body FROM bus_dead_letter'),
    end: async () => {
      await reader.close();
      await home.drop();
    },
  };
}

async function startProcess(
  connect: (poolMax: number) => Promise<PostgresDatabase>,
  bootstrap: string,
  prefix: string,
  options: Partial<KafkaFactBusOptions>,
): Promise<KafkaProcess> {
  const database = await connect(8);
  const cut = sockets();
  const troubles: unknown[] = [];
  const bus = new KafkaFactBus({
    database,
    kafka: { brokers: [bootstrap], socketFactory: cut.factory },
    service: 'test',
    prefix,
    newId: v7,
    isTransient,
    retry: { attemptsMax: 3, backoffMs: () => 100, laterMs: 50 },
    sessionTimeoutMs: 1_500,
    fetchWaitMs: 100,
    relayBeatMs: 1_000,
    onTrouble: (error) => troubles.push(error),
    ...options,
  });
  let over = false;
  let abandoned: Promise<void> = Promise.resolve();
  return {
    bus,
    database,
    troubles,
    write: async (tx, rows) => {
      const column = <K extends keyof Effect>(name: K): Effect[K][] => rows.map((row) => row[name]);
      await tx.query(
        'INSERT INTO effect (group_name, member, fact_id, key, number) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])',
        [column('group'), column('member'), column('factId'), column('key'), column('number')],
      );
    },
    // As the operating system does it to a killed process: every connection is gone at once.
    crash: async () => {
      over = true;
      cut.cut();
      abandoned = bus.abandon();
      await database.close().catch(() => undefined);
    },
    close: async () => {
      await abandoned;
      if (over) return;
      over = true;
      await bus.close();
      await database.close();
    },
  };
}

/** Sockets of one process, to be cut all at once; what is opened afterwards is dead on arrival. */
function sockets(): { factory: NonNullable<KafkaFactBusOptions['kafka']['socketFactory']>; cut: () => void } {
  const open = new Set<Socket>();
  let dead = false;
  return {
    factory: ({ host, port, onConnect }) => {
      const socket = new Socket();
      if (dead) {
        setImmediate(() => socket.destroy(new Error('this process is dead')));
        return socket;
      }
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      return socket.setKeepAlive(true, 60_000).connect(port, host, onConnect);
    },
    cut: () => {
      dead = true;
      for (const socket of open) socket.destroy(new Error('this process is dead'));
    },
  };
}
