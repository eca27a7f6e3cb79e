/** A dead letter as a record of its dead-letter topic: key, body and headers as they came, and `dlq-*` headers that say who gave up and why. */
import { type DeadLetter } from '../dead-letter';
import { type RawRecord } from '../raw-record';

/** The broker's limit is on the whole record: a stack is cut. */
const detailBytesMax = 8_000;

export function letterRecord({ id, group, topic, partition, position, key, body, raw, reason, detail }: DeadLetter): RawRecord {
  const said = {
    'dlq-id': id,
    'dlq-group': group,
    'dlq-topic': topic,
    'dlq-partition': String(partition),
    'dlq-offset': String(position - 1),
    'dlq-reason': reason,
    'dlq-detail': detail.slice(0, detailBytesMax),
  };
  return {
    key: raw ? raw.key : Buffer.from(key),
    value: raw ? raw.value : Buffer.from(body),
    headers: [...(raw?.headers ?? []), ...Object.entries(said).map(([name, value]): [string, Uint8Array] => [name, Buffer.from(value)])],
  };
}
