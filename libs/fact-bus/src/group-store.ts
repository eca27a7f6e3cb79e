/** What a group remembers, as a port: positions with epochs, parked facts, dead letters. Everything happens inside the transaction of the effects. */
import { type DeadLetter } from './dead-letter';
import { type Stored } from './decode';
import { type Shard, type Transaction } from './port';
import { type Topic } from '@tributary/facts';

export interface ParkedFact extends Stored {
  /** Place in the queue of its key. */
  readonly number: number;
  readonly failures: number;
}

/** A queue of parked facts of one key: its first fact is due in so many milliseconds. */
export interface ParkedKey {
  readonly topic: Topic;
  readonly key: string;
  readonly dueInMs: number;
}

export interface ToPark extends Stored {
  readonly failures: number;
  readonly dueInMs: number;
  readonly because: string;
}

export interface GroupStore<T extends Transaction> {
  /** Moves a position; false when another member has the shard by now, or the position is not `from`: roll back. */
  advance(tx: T, shard: Shard, topic: Topic, from: number, to: number): Promise<boolean>;
  /**
   * Leaves out what was heard before (told twice by a relay or a producer) and remembers the rest; all of it is undone when `tx`
   * rolls back. Absent: this bus never carries a fact twice.
   */
  fresh?(tx: T, shard: Shard, topic: Topic, rows: readonly Stored[]): Promise<readonly Stored[]>;
  /** Whether the shard is still ours; holds it until the transaction ends. */
  hold(tx: T, shard: Shard): Promise<boolean>;
  /** Appends to the queues of the facts' keys, in order. */
  park(tx: T, shard: Shard, facts: readonly ToPark[]): Promise<void>;
  /** The queue of one key, in order, at most `limit`. */
  queue(tx: T, shard: Shard, topic: Topic, key: string, limit: number): Promise<readonly ParkedFact[]>;
  /** Takes facts out of their queues. */
  unpark(tx: T, shard: Shard, facts: readonly ParkedFact[]): Promise<void>;
  /** The head of a queue has failed, or is not due: when to try again. */
  postpone(tx: T, shard: Shard, head: ParkedFact, failures: number, dueInMs: number, because: string): Promise<void>;
  /** Every parked key of the shard. */
  parkedKeys(shard: Shard): Promise<readonly ParkedKey[]>;
  bury(tx: T, letters: readonly DeadLetter[]): Promise<void>;
}

/** Somebody else has the shard: what we did is rolled back, and we stop. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}
