/** The log and the groups' memory, shared by the in-memory buses of all simulated processes. What a crash does not lose. */
import { type Topic, topicSettings } from '@tributary/facts';
import { type DeadLetter } from '../dead-letter';
import { type Stored } from '../decode';
import { type Encoded } from '../encode';
import { type GroupStore, type ParkedFact, type ParkedKey, type ToPark } from '../group-store';
import { type Clock } from '../clock';
import { type Shard, type Transaction } from '../port';

/** As little of an in-memory transaction as the log needs: how to take a change back. */
export interface UndoTransaction extends Transaction {
  undo(step: () => void): void;
}

interface Place {
  position: number;
  epoch: number;
}

interface Parked extends ParkedFact {
  readonly group: string;
  dueAt: number;
  failures: number;
}

export interface KeptDeadLetter extends DeadLetter {
  state: 'open' | 'replayed';
}

export class InMemoryLog {
  readonly #rows = new Map<string, Stored[]>();
  readonly #places = new Map<string, Place>();
  readonly #listeners = new Set<(topic: Topic, partition: number) => void>();
  /** Public for tests and checkers; only the store writes. */
  readonly parked: Parked[] = [];
  readonly deadLetters: KeptDeadLetter[] = [];
  #position = 0;
  #number = 0;

  append(facts: readonly Encoded[]): void {
    for (const { topic, partition, key, body } of facts) this.appendRaw({ topic, partition, key, body });
  }

  /** Also takes what no fact is: poison, for tests. */
  appendRaw(row: Omit<Stored, 'position'>): void {
    const rows = this.rows(row.topic, row.partition);
    rows.push({ ...row, position: ++this.#position });
    for (const listener of this.#listeners) listener(row.topic, row.partition);
  }

  onAppended(listener: (topic: Topic, partition: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  rows(topic: Topic, partition: number): Stored[] {
    const key = `${topic}/${partition}`;
    const rows = this.#rows.get(key) ?? [];
    this.#rows.set(key, rows);
    return rows;
  }

  /** Every row of a topic in the order of its append. */
  all(topic: Topic): Stored[] {
    return Array.from({ length: topicSettings[topic].partitions }, (_, partition) => this.rows(topic, partition))
      .flat()
      .sort((a, b) => a.position - b.position);
  }

  end(topic: Topic, partition: number): number {
    return this.rows(topic, partition).at(-1)?.position ?? 0;
  }

  place(group: string, topic: Topic, partition: number): Place {
    const key = `${group}|${topic}/${partition}`;
    const place = this.#places.get(key) ?? { position: 0, epoch: 0 };
    this.#places.set(key, place);
    return place;
  }

  nextNumber(): number {
    return ++this.#number;
  }
}

export class InMemoryGroupStore implements GroupStore<UndoTransaction> {
  constructor(
    private readonly log: InMemoryLog,
    private readonly topics: readonly Topic[],
    private readonly clock: Clock,
  ) {}

  advance(tx: UndoTransaction, { group, partition, epoch }: Shard, topic: Topic, from: number, to: number): Promise<boolean> {
    const place = this.log.place(group, topic, partition);
    if (place.epoch !== epoch || place.position !== from) return Promise.resolve(false);
    place.position = to;
    tx.undo(() => {
      place.position = from;
    });
    return Promise.resolve(true);
  }

  hold(_: UndoTransaction, { group, partition, epoch }: Shard): Promise<boolean> {
    return Promise.resolve(this.topics.every((topic) => this.log.place(group, topic, partition).epoch === epoch));
  }

  park(tx: UndoTransaction, { group }: Shard, facts: readonly ToPark[]): Promise<void> {
    for (const { topic, partition, position, key, body, failures, dueInMs } of facts) {
      const parked = { group, topic, partition, position, key, body, failures, number: this.log.nextNumber(), dueAt: this.clock.monotonic() + dueInMs };
      this.log.parked.push(parked);
      tx.undo(() => this.log.parked.splice(this.log.parked.indexOf(parked), 1));
    }
    return Promise.resolve();
  }

  queue(_: UndoTransaction, { group, partition }: Shard, topic: Topic, key: string, limit: number): Promise<readonly ParkedFact[]> {
    const queue = this.log.parked.filter((parked) => parked.group === group && parked.topic === topic && parked.partition === partition && parked.key === key);
    return Promise.resolve(queue.sort((a, b) => a.number - b.number).slice(0, limit));
  }

  unpark(tx: UndoTransaction, _: Shard, facts: readonly ParkedFact[]): Promise<void> {
    for (const fact of facts) {
      const at = this.log.parked.findIndex(({ number }) => number === fact.number);
      const [parked] = at < 0 ? [] : this.log.parked.splice(at, 1);
      if (parked) tx.undo(() => this.log.parked.push(parked));
    }
    return Promise.resolve();
  }

  postpone(tx: UndoTransaction, _: Shard, head: ParkedFact, failures: number, dueInMs: number): Promise<void> {
    const parked = this.log.parked.find(({ number }) => number === head.number);
    if (!parked) return Promise.resolve();
    const before = { failures: parked.failures, dueAt: parked.dueAt };
    Object.assign(parked, { failures, dueAt: this.clock.monotonic() + dueInMs });
    tx.undo(() => Object.assign(parked, before));
    return Promise.resolve();
  }

  parkedKeys({ group, partition }: Shard): Promise<readonly ParkedKey[]> {
    const heads = new Map<string, Parked>();
    for (const parked of this.log.parked.toSorted((a, b) => b.number - a.number)) {
      if (parked.group === group && parked.partition === partition) heads.set(`${parked.topic}/${parked.key}`, parked);
    }
    return Promise.resolve([...heads.values()].map(({ topic, key, dueAt }) => ({ topic, key, dueInMs: Math.max(0, dueAt - this.clock.monotonic()) })));
  }

  bury(tx: UndoTransaction, letters: readonly DeadLetter[]): Promise<void> {
    for (const letter of letters) {
      const kept: KeptDeadLetter = { ...letter, state: 'open' };
      this.log.deadLetters.push(kept);
      tx.undo(() => this.log.deadLetters.splice(this.log.deadLetters.indexOf(kept), 1));
    }
    return Promise.resolve();
  }
}
