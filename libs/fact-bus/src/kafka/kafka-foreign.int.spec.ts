import { type Fact } from '@tributary/facts';
import { describeWithKafka } from '@tributary/testing';
import { CompressionTypes, type IHeaders, type KafkaMessage, type Message, Partitioners } from 'kafkajs';
import { v7 } from 'uuid';
import { type Delivery, type Subscriber } from '../port';
import { aFact, numberOf } from '../testing/a-fact';
import { eventually } from '../testing/fact-bus.contract';
import { type KafkaProcess, type KafkaWorld, kafkaWorld } from '../testing/kafka-world';
import { keyIn } from '../testing/keys';

const topic = 'scan.facts';
const group = 'reader';
const key = keyIn(topic, 3);

/** Binary mode, as a producer in another language writes it. */
function binary(fact: Fact, { data, ...without }: { data?: unknown; subject?: undefined; time?: undefined } = {}): Message {
  const { data: said, datacontenttype, ...attributes } = { ...fact, ...without };
  const headers = Object.fromEntries(Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[`ce_${name}`, String(value)]])));
  return { key: fact.subject, value: JSON.stringify(data ?? said), headers: { ...headers, 'content-type': `${datacontenttype}; charset=utf-8` } };
}

const structured = (fact: unknown, more: Partial<Message> = {}): Message => ({
  key,
  value: typeof fact === 'string' ? fact : JSON.stringify(fact),
  headers: { 'Content-Type': 'ignored', 'content-type': 'application/cloudevents+json' },
  ...more,
});

describeWithKafka('facts of foreign producers', { brokers: 1 }, (kafka) => {
  let world: KafkaWorld;
  let process: KafkaProcess;
  let subscriber: Subscriber;
  let heard: Delivery[];

  beforeEach(async () => {
    heard = [];
    world = await kafkaWorld(kafka());
    process = await world.start();
    subscriber = await process.bus.subscribe({
      group,
      topics: [topic],
      database: process.database,
      handle: async (batch) => {
        heard.push(...batch);
        return [];
      },
    });
    await subscriber.ready();
  });
  afterEach(async () => {
    await process.close();
    await world.end();
  });

  const numbers = (): number[] => heard.map(({ fact }) => numberOf(fact));
  const all = (count: number): Promise<boolean> => eventually(async () => heard.length >= count);
  const letters = (count: number): Promise<{ reason: string; key: string; body: string }[]> =>
    eventually(async () => {
      const found = [...(await world.deadLetters())];
      return found.length >= count && found;
    });

  /** What a topic holds, as soon as it is so many; one of a kind by a header, for at least once means that a record may stand there twice. */
  async function records(of: string, idHeader: string, count: number): Promise<KafkaMessage[]> {
    const consumer = world.foreign().consumer({ groupId: `look-${v7()}`, maxWaitTimeInMs: 100 });
    const found = new Map<string | undefined, KafkaMessage>();
    await consumer.connect();
    await consumer.subscribe({ topics: [world.prefix + of], fromBeginning: true });
    await consumer.run({ eachMessage: async ({ message }) => void found.set(text(message.headers, idHeader), message) });
    await eventually(async () => found.size >= count);
    await consumer.disconnect();
    return [...found.values()];
  }

  it('are read in binary and in structured mode, gzip included, and default to what the record itself says', async () => {
    await world.send(topic, [binary(aFact(key, 1))]);
    await world.send(topic, [structured(aFact(key, 2))]);
    const { subject: _subject, time: _time, tenant: _tenant, dataschema: _dataschema, ...bare } = aFact(key, 3);
    await world.send(topic, [structured(bare), binary(aFact(key, 4), { subject: undefined, time: undefined })]);
    const producer = world.foreign().producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    await producer.send({ topic: world.prefix + topic, compression: CompressionTypes.GZIP, messages: [5, 6, 7].map((n) => binary(aFact(key, n))) });
    await producer.disconnect();
    await all(7);
    expect(numbers()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(heard[2]?.fact).toMatchObject({ subject: key, tenant: 'default', dataschema: '/schemas/SubTaskProgressed/1' });
    expect(Date.parse(heard[2]?.fact.time ?? '')).toBeGreaterThan(Date.parse('2026-01-02'));
    expect(Math.abs(Date.parse(heard[3]?.fact.time ?? '') - Date.now())).toBeLessThan(60_000);
    expect(await world.deadLetters()).toEqual([]);
  });

  it('[E-018 I9] that nobody can take are dead letters, with their bytes and headers untouched in the dead-letter topic; their neighbours go on', async () => {
    const torn = Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]);
    const large = structured({ ...aFact(key, 1), data: { ...aFact(key, 1).data, padding: 'x'.repeat(300 * 1024) } });
    await world.send(topic, [
      structured(aFact(key, 1)),
      structured('', { value: null }),
      structured('', { value: torn, headers: { 'content-type': 'application/cloudevents+json', 'x-trace': Buffer.from([1, 0, 255]) } }),
      structured([aFact(key, 1)], { headers: { 'content-type': 'application/cloudevents-batch+json' } }),
      structured(aFact('somebody-else', 1)),
      structured(aFact(key, 1), { key: null, partition: 3 }),
      structured(aFact(keyIn(topic, 5), 1), { key: keyIn(topic, 5), partition: 4 }),
      structured('{"specversion":"1.0","id":"\\u0000","type":"SubTaskProgressed"}'),
      large,
      structured({ ...aFact(key, 1), dataschema: '/schemas/SubTaskProgressed/99' }),
      structured({ ...aFact(key, 1), type: 'FromTheFuture' }),
      structured(aFact(key, 2)),
    ]);
    await all(2);
    expect(numbers()).toEqual([1, 2]);
    const found = await letters(9);
    expect(found.map(({ reason }) => reason).sort()).toEqual(
      ['NULL_BODY', 'MALFORMED', 'BATCH', 'KEY_MISMATCH', 'KEY_MISMATCH', 'WRONG_PARTITION', 'INVALID_ENVELOPE', 'TOO_LARGE', 'UNKNOWN_VERSION'].sort(),
    );
    const copies = await records(`${topic}.${group}.dlq`, 'dlq-id', 9);
    const copy = (reason: string): KafkaMessage | undefined => copies.find(({ headers }) => text(headers, 'dlq-reason') === reason);
    expect(copy('MALFORMED')).toMatchObject({ value: torn, key: Buffer.from(key) });
    expect(copy('MALFORMED')?.headers?.['x-trace']).toEqual(Buffer.from([1, 0, 255]));
    expect(copy('NULL_BODY')?.value).toBeNull();
    expect(copy('TOO_LARGE')?.value?.toString()).toBe(large.value);
    expect(text(copy('WRONG_PARTITION')?.headers, 'dlq-partition')).toBe('4');
    expect((await records('ops.facts', 'ce_id', 9)).map(({ headers }) => text(headers, 'ce_type'))).toEqual(new Array(9).fill('FactDeadLettered'));
  });

  it('are taken once when they are told twice, and twice when the same id says something else', async () => {
    const fact = aFact(key, 1);
    const [again, other] = [
      { ...fact, time: '2026-02-02T00:00:00.000Z' },
      { ...aFact(key, 2), id: fact.id },
    ];
    await world.send(topic, [structured(fact), structured(again)]);
    await world.send(topic, [binary(fact), structured(other), structured(aFact(key, 3))]);
    await all(3);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it('in an open or aborted transaction hold nobody up, and the end of a partition is reached behind their markers', async () => {
    const producer = world
      .foreign()
      .producer({ transactionalId: `foreign-${v7()}`, maxInFlightRequests: 1, idempotent: true, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    // The broker makes the topic of its transactions when it is first asked for one, and until then names no coordinator.
    const transaction = await eventually(() => producer.transaction().catch(() => undefined));
    await transaction.send({ topic: world.prefix + topic, messages: [binary(aFact(key, 1))] });
    await process.database.transaction(async (tx) => {
      process.bus.publish(tx, [aFact(key, 2)]);
    });
    await all(2);
    expect(numbers()).toEqual([1, 2]);
    await transaction.abort();
    // The broker writes the marker when it likes, and it takes a position.
    const end = await eventually(async () => {
      const now = (await subscriber.ends([3])).get(3);
      return (now?.[topic] ?? 0) >= 3 && now;
    });
    await eventually(async () => subscriber.reached(3, end));
    expect(numbers()).toEqual([1, 2]);
    await producer.disconnect();
  });
});

function text(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return Buffer.isBuffer(value) ? value.toString() : undefined;
}
