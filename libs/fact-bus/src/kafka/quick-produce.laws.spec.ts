/** Our Produce request is, byte for byte, the one of kafkajs. */
import fc from 'fast-check';
import { type Message } from 'kafkajs';
import { createRequire } from 'node:module';
import { crc32c, encodeProduce } from './produce-encoding';
import { inOne, quickProduce } from './quick-produce';

const now = 1_790_000_000_123;
const kafkajs = createRequire(__filename);
interface Encoded {
  readonly buffer: Buffer;
}
/** The version that kafkajs speaks with today's brokers. */
const theirs = kafkajs('kafkajs/src/protocol/requests/produce/v7/request') as (wanted: object) => { encode(): Promise<Encoded> };

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('任务', '', 'x'.repeat(300)));
const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some));
const record = fc.record({
  key: fc.oneof(text, bytes, fc.constant(null)),
  value: fc.oneof(text, bytes, fc.constant(null), fc.constant('y'.repeat(70_000))),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.oneof(text, bytes, fc.array(text, { maxLength: 3 })), { maxKeys: 20 }),
});
const topicData = fc.array(
  fc.record({
    topic: fc.string({ minLength: 1, maxLength: 30 }),
    partitions: fc.array(fc.record({ partition: fc.nat(1_000), messages: fc.array(record, { minLength: 1, maxLength: 20 }) }), { minLength: 1, maxLength: 4 }),
  }),
  { maxLength: 3 },
);

beforeAll(() => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
});
afterAll(() => {
  jest.restoreAllMocks();
});

it('encodes whatever is sent as kafkajs does', async () => {
  await fc.assert(
    fc.asyncProperty(topicData, async (data) => {
      const wanted = { acks: -1, timeout: 30_000, topicData: data };
      const { buffer } = await theirs(wanted).encode();
      expect(encodeProduce(wanted, now).equals(buffer)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('a bundle is its records', () => {
  const messages: Message[] = [
    { key: 'a', value: '1', headers: { ce_id: '7' } },
    { key: 'b', value: '2' },
  ];
  expect(quickProduce()).toBe(true);
  const of = (some: readonly Message[]): Buffer =>
    encodeProduce({ acks: -1, timeout: 1, topicData: [{ topic: 't', partitions: [{ partition: 3, messages: some }] }] }, now);
  expect(of(inOne(messages, 3)).equals(of(messages))).toBe(true);
});

it('kafkajs itself uses it, but for what it cannot do', async () => {
  quickProduce();
  const { requests } = kafkajs('kafkajs/src/protocol/requests') as {
    requests: { Produce: { protocol(version: { version: number }): (wanted: object) => { request: { encode(): Promise<Encoded>; apiVersion: number } } } };
  };
  const wanted = { acks: -1, timeout: 1, topicData: [{ topic: 't', partitions: [{ partition: 0, messages: inOne([{ key: 'k', value: 'v' }], 0) }] }] };
  const produce = requests.Produce.protocol({ version: 7 });
  expect((await produce(wanted).request.encode()).buffer.includes('v')).toBe(true);
  expect(produce(wanted).request.apiVersion).toBe(7);
  const plain = { ...wanted, topicData: [{ topic: 't', partitions: [{ partition: 0, messages: [{ key: 'k', value: 'v' }] }] }] };
  const idempotent = await produce({ ...plain, producerId: '5', producerEpoch: 1 }).request.encode();
  expect(idempotent.buffer.equals((await produce(plain).request.encode()).buffer)).toBe(false);
});

it('knows the checksum of RFC 3720', () => {
  expect(crc32c(Buffer.from('123456789')) >>> 0).toBe(0xe3069283);
  expect(crc32c(Buffer.alloc(32)) >>> 0).toBe(0x8a9136aa);
});
