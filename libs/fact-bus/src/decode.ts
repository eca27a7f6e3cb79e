/** What came off the log: a fact to handle, something to skip, or poison. */
import { type Fact, parseFact, partitionOf, type Topic, topicSettings } from '@tributary/facts';

export interface Stored {
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number;
  readonly key: string;
  readonly body: string;
}

export type Decoded =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly said: Readonly<Record<string, unknown>> }
  | { readonly kind: 'skip' }
  | { readonly kind: 'poison'; readonly code: string; readonly detail: string; readonly factId?: string; readonly factType?: string };

export function decode({ topic, partition, key, body }: Stored): Decoded {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    return { kind: 'poison', code: 'MALFORMED', detail: error instanceof Error ? error.message.slice(0, 500) : 'not JSON' };
  }
  const parsed = parseFact(value, key);
  if (parsed.kind === 'unknown') return { kind: 'skip' };
  if (parsed.kind === 'refused') return { kind: 'poison', code: parsed.code, detail: parsed.detail, ...named(value) };
  if (partitionOf(key, topicSettings[topic].partitions) !== partition) {
    return { kind: 'poison', code: 'WRONG_PARTITION', detail: `the key ${key} does not belong to partition ${partition}`, ...named(value) };
  }
  return { kind: 'fact', fact: parsed.fact, said: parsed.said };
}

function named(value: unknown): { factId?: string; factType?: string } {
  const { id, type } = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown; type?: unknown };
  return { ...(typeof id === 'string' && { factId: id.slice(0, 255) }), ...(typeof type === 'string' && { factType: type.slice(0, 255) }) };
}
