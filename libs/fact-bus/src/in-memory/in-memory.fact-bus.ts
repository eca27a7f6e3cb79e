/**
 * The bus inside one process: for tests and the simulation. Members of a group share the shards of an `InMemoryLog`. With a
 * `random` it delivers in batches of random size after random delays, so that keys overtake each other as they do in the world.
 */
import { type Fact, topicSettings } from '@tributary/facts';
import { encode, type Encoded } from '../encode';
import { type BusOptions, withDefaults } from '../options';
import { type FactBus, type Shard, type ShardEnd, type Subscriber, type Subscription } from '../port';
import { InMemoryGroupStore, type UndoTransaction } from './in-memory.log';
import { MemoryReader, type MemoryReaderOptions } from './memory-reader';

export interface InMemoryFactBusOptions extends MemoryReaderOptions {
  /** Shared by all members: who is in which group. */
  readonly groups: InMemoryGroups;
}

/** The members of every group in the order in which they joined. */
export class InMemoryGroups {
  readonly #members = new Map<string, InMemorySubscriber[]>();
  readonly #last = new Map<string, Promise<void>>();

  members(group: string): readonly InMemorySubscriber[] {
    return this.#members.get(group) ?? [];
  }

  join(subscriber: InMemorySubscriber): Promise<void> {
    return this.#next(subscriber.group, () => {
      // It may have died while it waited for its turn.
      if (!subscriber.isOver()) this.#members.set(subscriber.group, [...this.members(subscriber.group), subscriber]);
      return Promise.resolve();
    });
  }

  /** In good order: its shards are released before others take them. */
  leave(subscriber: InMemorySubscriber): Promise<void> {
    return this.#next(subscriber.group, async () => {
      await subscriber.keepOnly(() => false);
      this.#remove(subscriber);
    });
  }

  /** Nothing is released: whoever waited for the member goes on without it. */
  lost(subscriber: InMemorySubscriber): Promise<void> {
    this.#remove(subscriber);
    return this.rebalance(subscriber.group);
  }

  rebalance(group: string): Promise<void> {
    return this.#next(group, () => Promise.resolve());
  }

  /** One change of a group after the other: first everybody gives back what is another's, then everybody takes what is theirs. */
  #next(group: string, change: () => Promise<void>): Promise<void> {
    const turn = (this.#last.get(group) ?? Promise.resolve()).then(async () => {
      await change();
      const members = this.members(group);
      for (const [index, member] of members.entries()) await member.keepOnly((partition) => partition % members.length === index);
      for (const [index, member] of members.entries()) await member.take((partition) => partition % members.length === index);
    });
    this.#last.set(
      group,
      turn.catch(() => undefined),
    );
    return turn;
  }

  #remove(subscriber: InMemorySubscriber): void {
    this.#members.set(
      subscriber.group,
      this.members(subscriber.group).filter((member) => member !== subscriber),
    );
  }
}

export class InMemoryFactBus implements FactBus<UndoTransaction> {
  readonly #options: Required<BusOptions> & InMemoryFactBusOptions;
  readonly #subscribers = new Set<InMemorySubscriber>();
  readonly #buffers = new WeakMap<UndoTransaction, Encoded[]>();

  constructor(options: InMemoryFactBusOptions) {
    this.#options = { ...options, ...withDefaults(options) };
  }

  publish(tx: UndoTransaction, facts: readonly Fact[]): void {
    const encoded = facts.map(encode);
    const buffer = this.#buffers.get(tx);
    if (buffer) {
      buffer.push(...encoded);
      return;
    }
    const fresh = [...encoded];
    this.#buffers.set(tx, fresh);
    tx.afterCommit(() => {
      this.#options.log.append(fresh);
    });
  }

  async subscribe(subscription: Subscription<UndoTransaction>): Promise<Subscriber> {
    const subscriber = new InMemorySubscriber(subscription, this.#options, (tx, facts) => {
      this.publish(tx, facts);
    });
    this.#subscribers.add(subscriber);
    await this.#options.groups.join(subscriber);
    return subscriber;
  }

  async replay(tx: UndoTransaction, deadLetterId: string): Promise<boolean> {
    const { log, groups } = this.#options;
    const letter = log.deadLetters.find(({ id, state }) => id === deadLetterId && state === 'open');
    if (!letter) return false;
    letter.state = 'replayed';
    tx.undo(() => {
      letter.state = 'open';
    });
    const store = new InMemoryGroupStore(log, [letter.topic], this.#options.clock);
    await store.park(tx, { group: letter.group, partition: letter.partition, epoch: 0 }, [{ ...letter, failures: 0, dueInMs: 0, because: 'replay' }]);
    tx.afterCommit(() => {
      for (const member of groups.members(letter.group)) void member.reload(letter.partition);
    });
    return true;
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    for (const subscriber of this.#subscribers) await subscriber.stop();
  }

  /** The process is gone: nothing is given back, nothing under way may commit. The groups notice at once. */
  async crash(): Promise<void> {
    // All its groups at once: in each of them others may wait for it.
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber.crash()));
  }
}

export class InMemorySubscriber implements Subscriber {
  readonly group: string;
  readonly #runners = new Map<number, MemoryReader>();
  readonly #unlisten: () => void;
  readonly #gone = Promise.withResolvers<undefined>();
  #stopping = false;
  #over = false;

  constructor(
    private readonly subscription: Subscription<UndoTransaction>,
    private readonly options: Required<BusOptions> & InMemoryFactBusOptions,
    private readonly publish: (tx: UndoTransaction, facts: readonly Fact[]) => void,
  ) {
    this.group = subscription.group;
    this.#unlisten = options.log.onAppended((topic, partition) => {
      if (subscription.topics.includes(topic)) this.#runners.get(partition)?.wake();
    });
  }

  owned(): readonly Shard[] {
    return [...this.#runners.values()].map(({ runner }) => runner.shard);
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  readableAt(): number {
    return this.options.clock.monotonic();
  }

  ends(partitions: readonly number[]): Promise<ReadonlyMap<number, ShardEnd>> {
    const { log } = this.options;
    return Promise.resolve(
      new Map(partitions.map((partition) => [partition, Object.fromEntries(this.subscription.topics.map((topic) => [topic, log.end(topic, partition)]))])),
    );
  }

  outboxShipped(): boolean {
    // Publish = commit = on the log.
    return true;
  }

  reached(partition: number, end: ShardEnd, key?: string): boolean {
    return this.#runners.get(partition)?.runner.reached(end, key) ?? false;
  }

  async reload(partition: number): Promise<void> {
    const reader = this.#runners.get(partition);
    await reader?.runner.load();
    reader?.wake();
  }

  async keepOnly(mine: (partition: number) => boolean): Promise<void> {
    const leaving = [...this.#runners.values()].filter(({ runner }) => !mine(runner.shard.partition));
    if (leaving.length === 0 || this.isOver()) return;
    for (const reader of leaving) await this.#unlessLost(reader.stop());
    if (this.isOver()) return;
    const shards = leaving.map(({ runner }) => runner.shard);
    for (const { partition } of shards) this.#runners.delete(partition);
    try {
      await this.#unlessLost(
        this.subscription.database.transaction(async (tx) => {
          await this.subscription.onReleasing?.(shards, tx);
        }),
      );
    } catch (error) {
      this.options.onTrouble(error, this.group);
    }
    if (!this.isOver()) this.subscription.onLost?.(shards);
  }

  /** Tries until it works: a shard that nobody takes is read by nobody. */
  async take(mine: (partition: number) => boolean): Promise<void> {
    const { topics } = this.subscription;
    const partitions = Math.max(...topics.map((topic) => topicSettings[topic].partitions));
    const free = Array.from({ length: partitions }, (_, partition) => partition).filter((partition) => mine(partition) && !this.#runners.has(partition));
    while (free.length > 0 && !this.isOver()) {
      try {
        await this.#takeOver(free);
        return;
      } catch (error) {
        this.options.onTrouble(error, this.group);
        await this.#unlessLost(
          new Promise<void>((resolve) => {
            this.options.clock.after(100, resolve);
          }),
        );
      }
    }
  }

  async stop(): Promise<void> {
    if (this.#over || this.#stopping) return;
    this.#stopping = true;
    await this.options.groups.leave(this);
    this.#over = true;
    this.#unlisten();
  }

  async crash(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    this.#unlisten();
    for (const [partition, reader] of this.#runners) {
      this.#bump(partition);
      reader.kill();
    }
    this.#runners.clear();
    this.#gone.resolve(undefined);
    await this.options.groups.lost(this);
  }

  /** A new epoch with every try: whether an earlier one was committed may be unknown. */
  async #takeOver(free: readonly number[]): Promise<void> {
    const shards = free.map((partition): Shard => ({ group: this.group, partition, epoch: this.#bump(partition) }));
    await this.#unlessLost(
      this.subscription.database.transaction(async (tx) => {
        await this.subscription.onAssigned?.(shards, tx);
      }),
    );
    for (const shard of shards) {
      if (this.isOver()) return;
      const reader = new MemoryReader(this.subscription, this.options, shard, this.publish, () => {
        this.#fenced(reader);
      });
      this.#runners.set(shard.partition, reader);
      await reader.start();
    }
  }

  /** The shard is another's, or a commit whose answer was lost has moved the position: taken over anew, the position is read again. */
  #fenced(reader: MemoryReader): void {
    const { shard } = reader.runner;
    if (this.#runners.get(shard.partition) !== reader) return;
    this.#runners.delete(shard.partition);
    reader.kill();
    this.subscription.onLost?.([shard]);
    void this.options.groups.rebalance(this.group);
  }

  /** A group does not wait for what a lost member was about. */
  async #unlessLost(work: Promise<unknown>): Promise<void> {
    await Promise.race([work, this.#gone.promise]);
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  isOver(): boolean {
    return this.#over;
  }

  #bump(partition: number): number {
    const places = this.subscription.topics.map((topic) => this.options.log.place(this.group, topic, partition));
    const epoch = Math.max(...places.map((place) => place.epoch)) + 1;
    for (const place of places) place.epoch = epoch;
    return epoch;
  }
}
