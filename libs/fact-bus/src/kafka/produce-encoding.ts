/** The body of Kafka's Produce request, versions 3 to 8, with one uncompressed record batch a partition. */
import { type IHeaders, type Message } from 'kafkajs';
import { ByteWriter } from './byte-writer';

/** A message that stands for all records of its partition, so that kafkajs carries one thing instead of hundreds. */
export interface BundleMessage extends Message {
  readonly bundle: readonly Message[];
}

export interface ProduceData {
  readonly acks: number;
  readonly timeout: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly messages: readonly (Message | BundleMessage)[] }[];
  }[];
}

const magic = 2;
/** Between a batch's checksum and its first record. */
const batchHeadLength = 40;

export function encodeProduce({ acks, timeout, topicData }: ProduceData, now: number): Buffer {
  const writer = new ByteWriter(256 * 1024);
  const scratch = new ByteWriter();
  // No transaction.
  writer.shortText(null);
  writer.int16(acks);
  writer.int32(timeout);
  writer.int32(topicData.length);
  for (const { topic, partitions } of topicData) {
    writer.shortText(topic);
    writer.int32(partitions.length);
    for (const { partition, messages } of partitions) {
      writer.int32(partition);
      const size = writer.later32();
      const began = writer.length;
      writeBatch(writer, scratch, recordsOf(messages), now);
      size(writer.length - began);
    }
  }
  return writer.written;
}

export function recordsOf(messages: readonly (Message | BundleMessage)[]): readonly Message[] {
  return messages.flatMap((message) => ('bundle' in message ? message.bundle : message));
}

function writeBatch(writer: ByteWriter, scratch: ByteWriter, records: readonly Message[], now: number): void {
  writer.int64(0);
  const length = writer.later32();
  const began = writer.length;
  // The leader's epoch is for the broker to say.
  writer.int32(0);
  writer.int8(magic);
  const checksum = writer.later32();
  const body = writer.length;
  writer.int16(0);
  writer.int32(records.length - 1);
  writer.int64(now);
  writer.int64(now);
  // No idempotent producer.
  writer.int64(-1);
  writer.int16(0);
  writer.int32(0);
  writer.int32(records.length);
  if (writer.length - body !== batchHeadLength) throw new RangeError('the head of a record batch has another length');
  records.forEach((record, offset) => {
    scratch.clear();
    writeRecord(scratch, record, offset);
    writer.varint(scratch.length);
    writer.append(scratch.written);
  });
  checksum(crc32c(writer.written.subarray(body)));
  length(writer.length - began);
}

function writeRecord(writer: ByteWriter, { key = null, value, headers = {} }: Message, offset: number): void {
  writer.int8(0);
  // All were told now.
  writer.varint(0);
  writer.varint(offset);
  writer.sized(key);
  writer.sized(value);
  const pairs = pairsOf(headers);
  writer.varint(pairs.length);
  for (const [name, text] of pairs) {
    writer.sized(name);
    writer.sized(text);
  }
}

function pairsOf(headers: IHeaders): readonly (readonly [string, string | Uint8Array])[] {
  return Object.entries(headers).flatMap(([name, value = '']) => (Array.isArray(value) ? value.map((one) => [name, one] as const) : [[name, value] as const]));
}

const crcTable = Int32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** CRC-32C (Castagnoli), as a signed 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  for (let at = 0; at < bytes.length; at++) crc = (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc;
}
