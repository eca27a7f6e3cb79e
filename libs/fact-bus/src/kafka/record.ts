/** Facts as Kafka records and back: CloudEvents in binary mode on the way out, binary or structured mode on the way in. */
import { limits, type Topic } from '@tributary/facts';
import { isUtf8 } from 'node:buffer';
import { type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { type Origin, type Stored } from '../decode';
import { type RawRecord, storable } from '../raw-record';

/** The place in the outbox: what is shipped twice is known by it. */
const sequenceHeader = 'tributary-sequence';
const outboxHeader = 'tributary-outbox';
const structuredType = 'application/cloudevents+json';
const batchType = 'application/cloudevents-batch+json';

const traceNames = ['traceparent', 'tracestate'] as const;

/** Faster than a TextDecoder for the short texts of headers; what is not UTF-8 becomes U+FFFD. */
const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

export interface OutboxRow {
  readonly topic: string;
  readonly partition: number;
  readonly position: number;
  readonly key: string;
  readonly body: string;
  readonly raw: string | null;
}

/** A fact of the outbox in binary mode. `outbox` names the service and the incarnation. */
export function toMessage({ partition, position, key, body }: OutboxRow, outbox: string): Message {
  const { data, datacontenttype, ...attributes } = JSON.parse(body) as Record<string, unknown>;
  const headers: Record<string, string> = {
    'content-type': typeof datacontenttype === 'string' ? datacontenttype : 'application/json',
    [sequenceHeader]: String(position),
    [outboxHeader]: outbox,
  };
  for (const [name, value] of Object.entries(attributes)) headers[`ce_${name}`] = typeof value === 'string' ? value : JSON.stringify(value);
  // Tracing of plain Kafka clients looks for the bare names.
  for (const name of traceNames) if (headers[`ce_${name}`] !== undefined) headers[name] = headers[`ce_${name}`] ?? '';
  return { key, value: JSON.stringify(data), partition, headers };
}

/** A dead letter as it came, with the reasons beside it. */
export function rawMessage(raw: RawRecord, partition: number): Message {
  const headers: IHeaders = {};
  for (const [name, bytes] of raw.headers) {
    const before = headers[name];
    headers[name] = before === undefined ? Buffer.from(bytes) : [...(Array.isArray(before) ? before : [before]), Buffer.from(bytes)];
  }
  return { key: raw.key && Buffer.from(raw.key), value: raw.value && Buffer.from(raw.value), partition, headers };
}

/** A record as the bus keeps it. What cannot be read as one event says why in `raw.refused`. */
export function toStored(topic: Topic, partition: number, message: KafkaMessage): Stored {
  const headers = flatten(message.headers);
  const key = textOf(message.key);
  const origin = originOf(headers);
  const { body, refused } = bodyOf(message, headers, storable(key.text));
  const unreadable = refused ?? (key.valid ? undefined : { code: 'MALFORMED', detail: 'the key is not UTF-8' });
  return {
    topic,
    partition,
    position: Number(message.offset) + 1,
    key: storable(key.text),
    body: storable(body),
    raw: { key: message.key, value: message.value, headers, ...(unreadable && { refused: unreadable }) },
    ...(origin && { origin }),
  };
}

/** Bytes that a record takes in memory, roughly. */
export function sizeOf({ key, value }: KafkaMessage): number {
  return 200 + (key?.length ?? 0) + (value?.length ?? 0);
}

interface Body {
  readonly body: string;
  readonly refused?: { readonly code: string; readonly detail: string };
}

function bodyOf(message: KafkaMessage, headers: RawRecord['headers'], key: string): Body {
  const { value } = message;
  if (value === null) return { body: '', refused: { code: 'NULL_BODY', detail: 'a record without a body says nothing' } };
  if (value.length > limits.factBytesMax) {
    return { body: '', refused: { code: 'TOO_LARGE', detail: `${value.length} bytes; ${limits.factBytesMax} is the most` } };
  }
  const text = textOf(value);
  if (!text.valid) return { body: text.text, refused: { code: 'MALFORMED', detail: 'the body is not UTF-8' } };
  const contentType = (header(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (contentType === batchType) return { body: text.text, refused: { code: 'BATCH', detail: 'one event per record' } };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.text);
  } catch {
    // Decoding says what is wrong with it.
    return { body: text.text };
  }
  const defaults = { subject: key, time: timeOf(message) };
  if (contentType === structuredType || header(headers, 'ce_type') === undefined) return { body: structured(text.text, parsed, defaults) };
  return { body: binary(text.text, headers, contentType, defaults) };
}

/** The event as it is, unless it leaves out what the record itself says. */
function structured(text: string, parsed: unknown, defaults: Readonly<Record<string, string>>): string {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return text;
  if ('subject' in parsed && 'time' in parsed) return text;
  return JSON.stringify({ ...defaults, ...parsed });
}

/** `text` is valid JSON, so it may stand as the last member of the envelope as it came. */
function binary(text: string, headers: RawRecord['headers'], contentType: string, defaults: Readonly<Record<string, string>>): string {
  const attributes: Record<string, string> = { ...defaults };
  for (const name of traceNames) {
    const bare = header(headers, name);
    if (bare !== undefined) attributes[name] = bare;
  }
  for (const [name, bytes] of headers) if (name.startsWith('ce_') && name !== 'ce_data') attributes[name.slice(3)] = utf8(bytes);
  if (contentType !== '') attributes['datacontenttype'] = contentType;
  return `${JSON.stringify(attributes).slice(0, -1)},"data":${text}}`;
}

function originOf(headers: RawRecord['headers']): Origin | undefined {
  const outbox = header(headers, outboxHeader);
  const sequence = header(headers, sequenceHeader);
  if (outbox === undefined || sequence === undefined || outbox.length > 255 || !/^\d{1,15}$/.test(sequence)) return undefined;
  return { outbox: storable(outbox), sequence: Number(sequence) };
}

function timeOf({ timestamp }: KafkaMessage): string {
  const at = new Date(Number(timestamp));
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}

/** The last one of a name, as a reader of a map would see it. */
function header(headers: RawRecord['headers'], name: string): string | undefined {
  const found = headers.findLast(([candidate]) => candidate === name);
  return found && utf8(found[1]);
}

function flatten(headers: IHeaders | undefined): RawRecord['headers'] {
  return Object.entries(headers ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, Uint8Array] => [name, typeof one === 'string' ? Buffer.from(one) : (one ?? Buffer.alloc(0))]),
  );
}

function textOf(bytes: Uint8Array | null): { readonly text: string; readonly valid: boolean } {
  if (bytes === null) return { text: '', valid: true };
  return { text: utf8(bytes), valid: isUtf8(bytes) };
}
