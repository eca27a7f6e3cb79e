import { type KafkaMessage, type Message } from 'kafkajs';
import { decode } from '../decode';
import { rawFromText, rawToText } from '../raw-record';
import { aFact } from '../testing/a-fact';
import { keyIn } from '../testing/keys';
import { letterRecord } from './dead-letter-record';
import { rawMessage, toMessage, toStored } from './record';

const topic = 'scan.facts';
const key = keyIn(topic, 3);
const fact = { ...aFact(key, 7), traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', aggregateversion: 4 };

/** As the broker would hand over what was sent. */
function received({ key: sent, value, headers = {} }: Message, offset = 41): KafkaMessage {
  const bytes = (text: unknown): Buffer | null => (text === null || text === undefined ? null : Buffer.isBuffer(text) ? text : Buffer.from(text as string));
  const list = Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, bytes(one) ?? Buffer.alloc(0)]));
  return { key: bytes(sent), value: bytes(value), headers: list, offset: String(offset), timestamp: '1767225600000', attributes: 0 };
}

const row = { topic, partition: 3, position: 12, key, body: JSON.stringify(fact), raw: null };

describe('a fact as a Kafka record', () => {
  it('goes out in binary mode, with its place in the outbox', () => {
    const { headers, value, partition } = toMessage(row, 'coordinator/1');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      ce_id: fact.id,
      ce_type: 'SubTaskProgressed',
      ce_subject: key,
      ce_specversion: '1.0',
      ce_aggregateversion: '4',
      ce_traceparent: fact.traceparent,
      traceparent: fact.traceparent,
      'tributary-sequence': '12',
      'tributary-outbox': 'coordinator/1',
    });
    expect(JSON.parse(String(value))).toEqual(fact.data);
    expect(partition).toBe(3);
  });

  it('comes back as it was', () => {
    const stored = toStored(topic, 3, received(toMessage(row, 'coordinator/1')));
    expect(stored).toMatchObject({ topic, partition: 3, position: 42, key, origin: { outbox: 'coordinator/1', sequence: 12 } });
    expect(decode(stored)).toEqual({ kind: 'fact', fact, said: fact.data });
  });

  it('cannot smuggle attributes in through its data', () => {
    const message = toMessage(row, 'coordinator/1');
    const stored = toStored(topic, 3, received({ ...message, value: `${String(message.value)},"type":"MainTaskConverged"` }));
    expect(decode(stored)).toMatchObject({ kind: 'poison', code: 'MALFORMED' });
  });

  it('has no origin when the sequence is none', () => {
    const message = toMessage(row, 'x');
    for (const sequence of ['', '-1', '1e3', '9'.repeat(20)]) {
      expect(toStored(topic, 3, received({ ...message, headers: { ...message.headers, 'tributary-sequence': sequence } })).origin).toBeUndefined();
    }
  });

  it('prefers the CloudEvents trace to the bare header', () => {
    const message = toMessage(row, 'x');
    const other = toStored(topic, 3, received({ ...message, headers: { ...message.headers, traceparent: 'somebody' } }));
    expect(JSON.parse(other.body)).toMatchObject({ traceparent: fact.traceparent });
  });

  it('keeps its bytes in a dead letter, and in text on the way there', () => {
    const value = Buffer.from([0, 255, 1]);
    const stored = toStored(topic, 3, received({ key, value, headers: { a: Buffer.from([254]) } }));
    expect(stored.body).not.toContain('\u0000');
    expect(decode(stored)).toMatchObject({ kind: 'poison', code: 'MALFORMED' });
    const raw = rawFromText(rawToText(stored.raw!));
    const letter = letterRecord({ ...stored, id: 'i', group: 'g', reason: 'MALFORMED', detail: 'd', raw });
    expect(rawMessage(letter, 0)).toMatchObject({ key: Buffer.from(key), value, headers: { a: Buffer.from([254]), 'dlq-offset': Buffer.from('41') } });
  });
});
