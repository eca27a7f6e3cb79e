/** What is told and kept when a group gives up on a fact. */
import { type RawRecord } from './raw-record';
import { type Fact, FactDeadLettered, makeFact, type Topic } from '@tributary/facts';

export interface DeadLetter {
  readonly id: string;
  readonly group: string;
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number;
  readonly key: string;
  readonly body: string;
  /** The record as it came, where the bus carries more than a body. */
  readonly raw?: RawRecord;
  readonly reason: string;
  readonly detail: string;
  readonly factId?: string;
  readonly factType?: string;
}

/** The fact that says so; its id is the dead letter's, so that it is told once. */
export function deadLettered(letter: DeadLetter, at: string, source: string): Fact {
  const { id, group, topic, partition, position, key, reason, detail, factId, factType } = letter;
  return makeFact(FactDeadLettered, {
    id,
    source,
    subject: group,
    time: at,
    data: {
      deadLetterId: id,
      group,
      topic,
      partition,
      offset: position,
      key: key.slice(0, 1_024),
      reason: /^[A-Z][A-Z0-9_]{0,63}$/.test(reason) ? reason : 'FAILED',
      detail: detail.slice(0, 2_000),
      at,
      ...(factId !== undefined && { factId }),
      ...(factType !== undefined && { factType }),
    },
  });
}
