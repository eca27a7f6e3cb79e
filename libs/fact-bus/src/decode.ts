/** What came off the log: a fact to handle, something to skip, or poison. */
import { definitionOf, type Fact, parseFact, partitionOf, type Topic, topicSettings } from '@tributary/facts';
import { type RawRecord } from './raw-record';

export interface Stored {
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number;
  readonly key: string;
  /** Structured-mode JSON; of poison as much of its text as there is. */
  readonly body: string;
  /** The record as it came, where the bus carries more than a body. */
  readonly raw?: RawRecord;
  /** Which outbox told it, and its place there: what is shipped twice is known by it. Absent: a foreign producer's. */
  readonly origin?: Origin;
}

export interface Origin {
  /** The service and the incarnation of its outbox. */
  readonly outbox: string;
  /** Grows along a partition. */
  readonly sequence: number;
}

export type Decoded =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly said: Readonly<Record<string, unknown>> }
  | { readonly kind: 'skip' }
  | { readonly kind: 'poison'; readonly code: string; readonly detail: string; readonly factId?: string; readonly factType?: string };

/** A row is decoded once, whoever asks: every group of a process may be given the same one. */
const decodedRows = new WeakMap<Stored, Decoded>();

export function decode(row: Stored): Decoded {
  const known = decodedRows.get(row);
  if (known) return known;
  const decoded = decodeRow(row);
  decodedRows.set(row, decoded);
  return decoded;
}

/** As `decode`, but what a group does not want to see is skipped. */
export function decodeFor(types: readonly string[] | undefined, row: Stored): Decoded {
  const decoded = decode(row);
  return decoded.kind === 'fact' && types && !types.includes(decoded.fact.type) ? { kind: 'skip' } : decoded;
}

function decodeRow({ topic, partition, key, body, raw }: Stored): Decoded {
  if (raw?.refused) return { kind: 'poison', ...raw.refused };
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return { kind: 'poison', code: 'MALFORMED', detail: error instanceof Error ? error.message.slice(0, 500) : 'not JSON' };
  }
  const parsed = parseFact(value, key);
  if (parsed.kind === 'unknown') return { kind: 'skip' };
  if (parsed.kind === 'refused') return { kind: 'poison', code: parsed.code, detail: parsed.detail, ...named(value) };
  // Who may write decides the topic: a worker's topic carries no fact of the platform.
  if (definitionOf(parsed.fact.type)?.topic !== topic) {
    return { kind: 'poison', code: 'WRONG_TOPIC', detail: `${parsed.fact.type} is not told on ${topic}`, ...named(value) };
  }
  if (partitionOf(key, topicSettings[topic].partitions) !== partition) {
    return { kind: 'poison', code: 'WRONG_PARTITION', detail: `the key ${key} does not belong to partition ${partition}`, ...named(value) };
  }
  return { kind: 'fact', fact: parsed.fact, said: parsed.said };
}

/** What a row calls itself, as far as it can be read. */
export function nameOf(row: Stored): { factId?: string; factType?: string } {
  const decoded = decode(row);
  if (decoded.kind === 'fact') return { factId: decoded.fact.id, factType: decoded.fact.type };
  return decoded.kind === 'poison' ? decoded : {};
}

function named(value: unknown): { factId?: string; factType?: string } {
  const { id, type } = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown; type?: unknown };
  return { ...(nonEmpty(id) && { factId: id.slice(0, 255) }), ...(nonEmpty(type) && { factType: type.slice(0, 255) }) };
}

function nonEmpty(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
