/** The facts of a shard that wait: each key alone and in order, tried again when its head is due, given up after the last try. */
import { type Fact, type Topic } from '@tributary/facts';
import { type DeadLetter, deadLettered } from './dead-letter';
import { decode, decodeFor, nameOf, type Stored } from './decode';
import { Fenced, type ParkedFact, type ToPark } from './group-store';
import { type Delivery, type Exception, type Transaction } from './port';
import { type ShardRunnerOptions } from './runner-options';

interface Waiting {
  readonly topic: Topic;
  readonly key: string;
  /** In the clock's monotonic time. */
  dueAt: number;
}

type Retried = Exclude<Exception, { kind: 'never' }>;
/** What is left of a queue after its head was tried. */
type Left = { readonly kind: 'empty' } | { readonly kind: 'more' } | { readonly kind: 'waits'; readonly dueInMs: number };

const queueKey = (topic: Topic, key: string): string => `${topic}\u0000${key}`;

export class ParkedFacts<T extends Transaction> {
  readonly #waiting = new Map<string, Waiting>();

  constructor(private readonly options: ShardRunnerOptions<T>) {}

  /** Reads what is parked; what is known already keeps its time unless the store has an earlier one. */
  async load(): Promise<void> {
    for (const { topic, key, dueInMs } of await this.options.store.parkedKeys(this.options.shard)) this.#await(topic, key, dueInMs);
  }

  has(topic: Topic, key: string): boolean {
    return this.#waiting.has(queueKey(topic, key));
  }

  hasKey(key: string): boolean {
    return [...this.#waiting.values()].some((waiting) => waiting.key === key);
  }

  get size(): number {
    return this.#waiting.size;
  }

  nextDueAt(): number | undefined {
    const times = [...this.#waiting.values()].map(({ dueAt }) => dueAt);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  due(): readonly Waiting[] {
    const now = this.options.clock.monotonic();
    return [...this.#waiting.values()].filter(({ dueAt }) => dueAt <= now);
  }

  /** To be called once the transaction that parked them is committed. The first fact of a key decides when the key is due. */
  added(facts: readonly ToPark[]): void {
    for (const { topic, key, dueInMs } of facts) if (!this.has(topic, key)) this.#await(topic, key, dueInMs);
  }

  /** Tries the queue of one key until it is empty or its head has to wait. */
  async drain(topic: Topic, key: string): Promise<void> {
    for (;;) {
      const left = await this.#tryHead(topic, key);
      if (left.kind === 'empty') this.#waiting.delete(queueKey(topic, key));
      if (left.kind === 'waits') this.#await(topic, key, left.dueInMs);
      if (left.kind !== 'more') return;
    }
  }

  /** How long a failed fact waits, and how often it has failed by then. */
  retryOf(exception: Retried, failuresBefore: number): { failures: number; dueInMs: number } {
    const { retry } = this.options;
    if (exception.kind === 'later') return { failures: failuresBefore, dueInMs: exception.afterMs ?? retry.laterMs };
    return { failures: failuresBefore + 1, dueInMs: retry.backoffMs(failuresBefore + 1) };
  }

  /** Writes dead letters and tells of them. */
  async bury(tx: T, letters: readonly DeadLetter[]): Promise<void> {
    await this.options.store.bury(tx, letters);
    const at = new Date(this.options.clock.now()).toISOString();
    this.options.publish(
      tx,
      letters.map((letter): Fact => deadLettered(letter, at, `/tributary/${letter.group.split('.')[0] ?? letter.group}`)),
    );
  }

  letter(row: Stored, reason: string, detail: string, names: { factId?: string; factType?: string } = {}): DeadLetter {
    const { topic, partition, position, key, body, raw } = row;
    const { factId, factType } = names;
    return {
      ...{ topic, partition, position, key, body },
      id: this.options.newId(),
      group: this.options.shard.group,
      reason,
      detail,
      ...(raw && { raw }),
      ...(factId !== undefined && { factId }),
      ...(factType !== undefined && { factType }),
    };
  }

  async #tryHead(topic: Topic, key: string): Promise<Left> {
    let thrown: { readonly error: unknown } | undefined;
    const left = await this.#withHead(topic, key, async (tx, head) => {
      try {
        return await this.#handle(tx, head);
      } catch (error) {
        if (!(error instanceof Fenced) && !this.options.isTransient(error)) thrown = { error };
        throw error;
      }
    }).catch((error: unknown): undefined => {
      if (!thrown) throw error;
    });
    if (left) return left;
    const because = describe(thrown?.error);
    this.options.onTrouble(thrown?.error, this.options.shard);
    return await this.#withHead(topic, key, (_, head) => Promise.resolve({ kind: 'retry', because, delivery: unreadable(head) }));
  }

  /** One transaction around the head of a queue: `judge` answers what went wrong with it, or nothing. */
  async #withHead(topic: Topic, key: string, judge: (tx: T, head: ParkedFact) => Promise<Retried | undefined>): Promise<Left> {
    const { subscription, store, shard, retry } = this.options;
    return await subscription.database.transaction(async (tx): Promise<Left> => {
      if (!(await store.hold(tx, shard))) throw new Fenced(`${shard.group}/${shard.partition}`);
      const queue = await store.queue(tx, shard, topic, key, 2);
      const [head] = queue;
      if (!head) return { kind: 'empty' };
      const exception = await judge(tx, head);
      const next = exception && this.retryOf(exception, head.failures);
      if (exception && next && next.failures < retry.attemptsMax) {
        await store.postpone(tx, shard, head, next.failures, next.dueInMs, exception.because);
        return { kind: 'waits', dueInMs: next.dueInMs };
      }
      await store.unpark(tx, shard, [head]);
      if (exception) await this.bury(tx, [this.letter(head, 'ATTEMPTS_EXHAUSTED', exception.because, nameOf(head))]);
      return { kind: queue.length > 1 ? 'more' : 'empty' };
    });
  }

  /** Hands one parked fact over; poison and `never` are buried here. */
  async #handle(tx: T, head: ParkedFact): Promise<Retried | undefined> {
    const decoded = decodeFor(this.options.subscription.types, head);
    if (decoded.kind === 'poison') await this.bury(tx, [this.letter(head, decoded.code, decoded.detail, decoded)]);
    if (decoded.kind !== 'fact') return undefined;
    const delivery: Delivery = { ...place(head), fact: decoded.fact, said: decoded.said, failures: head.failures };
    const [exception] = await this.options.subscription.handle([delivery], tx, this.options.shard);
    if (exception?.kind !== 'never') return exception;
    await this.bury(tx, [this.letter(head, exception.code, exception.because, nameOf(head))]);
    return undefined;
  }

  #await(topic: Topic, key: string, dueInMs: number): void {
    this.#waiting.set(queueKey(topic, key), { topic, key, dueAt: this.options.clock.monotonic() + dueInMs });
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function place({ topic, partition, position, key }: Stored): Pick<Delivery, 'topic' | 'partition' | 'position' | 'key'> {
  return { topic, partition, position, key };
}

/** A delivery that only says where it stood: its handler has thrown, and nobody reads more of it. */
function unreadable(head: ParkedFact): Delivery {
  const decoded = decode(head);
  if (decoded.kind !== 'fact') throw new TypeError('only a readable fact can make a handler throw');
  return { ...place(head), fact: decoded.fact, said: decoded.said, failures: head.failures };
}
