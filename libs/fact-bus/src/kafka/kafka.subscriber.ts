/**
 * A member of a group on Kafka: takes over the shards that the group's coordinator gives it and reads them from its own positions. A
 * shard that stays with it over a rebalance goes on without a pause; one that was fenced is taken again only when the coordinator has
 * confirmed that it is still ours.
 */
import { type Topic, topicSettings } from '@tributary/facts';
import { type BusOptions } from '../options';
import { type Shard, type ShardEnd, type Subscriber, type Subscription } from '../port';
import { type BusDatabase, type SqlTransaction } from '../postgres/bus-database';
import { ensurePositionsSql } from '../postgres/sql/ensure-positions.sql';
import { type ShardRunnerOptions } from '../runner-options';
import { ShardReader } from '../shard-reader';
import { type FetchedBatch, GroupConsumer, type GroupConsumerOptions } from './group-consumer';
import { kafkaTables } from './kafka-bus-tables.migration';
import { type HighWater, type KafkaGroupStore } from './kafka.group-store';
import { type LogOffsets } from './log-offsets';
import { QueueFeed } from './queue-feed';
import { ShardOwnership, type TakenShard } from './shard-ownership';

type KafkaReader = ShardReader<SqlTransaction, QueueFeed>;

export interface KafkaSubscriberContext {
  readonly database: BusDatabase;
  readonly options: Required<BusOptions>;
  readonly member: string;
  readonly prefix: string;
  readonly consumer: Pick<GroupConsumerOptions, 'kafka' | 'sessionTimeoutMs' | 'fetchWaitMs' | 'prepare'>;
  /** What a shard's runner needs of the bus. */
  readonly runner: Pick<ShardRunnerOptions<SqlTransaction>, 'publish'>;
  readonly store: (highWater: readonly HighWater[]) => KafkaGroupStore;
  readonly offsets: LogOffsets;
  /** Looks at the outbox, so that `shipped` knows. */
  readonly lookAtOutbox: () => Promise<void>;
  readonly shipped: (topics: readonly Topic[], partition: number) => boolean;
  readonly onStopped: (subscriber: KafkaSubscriber) => void;
}

/** How long a full queue holds its fetch up before the partition is paused, which costs a whole fetch wait when it is resumed. */
const roomWaitMs = 200;

export class KafkaSubscriber implements Subscriber {
  readonly group: string;
  readonly #consumer: GroupConsumer;
  readonly #ownership: ShardOwnership;
  readonly #readers = new Map<number, KafkaReader>();
  readonly #ready = Promise.withResolvers<undefined>();
  /** What the coordinator gave us at the latest join: partition numbers, with the topics of each. */
  #assigned: ReadonlyMap<number, readonly Topic[]> = new Map();
  /** Shards that somebody else has seized although they are assigned to us. */
  readonly #contested = new Set<number>();
  #last: Promise<void> = Promise.resolve();
  #stopped = false;
  #cancelRetry: (() => void) | undefined;

  constructor(
    readonly subscription: Subscription<SqlTransaction>,
    private readonly context: KafkaSubscriberContext,
  ) {
    this.group = subscription.group;
    const onTrouble = (error: unknown): void => {
      context.options.onTrouble(error, this.group);
    };
    this.#ownership = new ShardOwnership(context.database, subscription, context.member, onTrouble);
    this.#consumer = new GroupConsumer({
      ...context.consumer,
      clock: context.options.clock,
      groupId: context.prefix + subscription.group,
      topics: subscription.topics.map((topic) => context.prefix + topic),
      owned: () => [...this.#readers.keys()],
      onJoined: (assignment) => {
        this.#joined(assignment);
      },
      onConfirmed: () => {
        if (this.#contested.size === 0) return;
        this.#contested.clear();
        this.#settle();
      },
      onBatch: (batch) => this.#take(batch),
      onTrouble,
    });
  }

  /** Makes the group known; a new one begins at the earliest fact. */
  async start(): Promise<void> {
    const { topics } = this.subscription;
    await this.context.database.query(ensurePositionsSql(kafkaTables), [this.group, [...topics], topics.map((topic) => topicSettings[topic].partitions)]);
    this.#consumer.start();
  }

  owned(): readonly Shard[] {
    return [...this.#readers.values()].map(({ shard }) => shard);
  }

  async ready(): Promise<void> {
    await this.#ready.promise;
  }

  readableAt(): number {
    return this.#consumer.readableAt();
  }

  async ends(partitions: readonly number[]): Promise<ReadonlyMap<number, ShardEnd>> {
    const { topics } = this.subscription;
    // First the outbox: what it no longer holds is before the ends.
    await this.context.lookAtOutbox();
    const ends = await this.context.offsets.ends(topics.map((topic) => this.context.prefix + topic));
    const endOf = (partition: number): ShardEnd => {
      const places = topics.map((topic) => [topic, ends.get(this.context.prefix + topic)?.get(partition)] as const);
      return Object.fromEntries(places.filter(([, end]) => end !== undefined));
    };
    return new Map(partitions.map((partition) => [partition, endOf(partition)]));
  }

  outboxShipped(partition: number): boolean {
    return this.context.shipped(this.subscription.topics, partition);
  }

  reached(partition: number, end: ShardEnd, key?: string): boolean {
    return this.#readers.get(partition)?.reached(end, key) ?? false;
  }

  async reload(partition: number): Promise<void> {
    await this.#readers.get(partition)?.reload();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#cancelRetry?.();
    await this.#last;
    // First in our own books, then in the group: whoever takes over finds everything finished.
    await this.#release([...this.#readers.values()]).catch((error: unknown) => {
      this.context.options.onTrouble(error, this.group);
    });
    await this.#consumer.stop();
    this.#ready.resolve(undefined);
    this.context.onStopped(this);
  }

  /** Nothing is given back. Resolves when nothing is left of it. */
  async abandon(): Promise<void> {
    this.#stopped = true;
    this.#cancelRetry?.();
    for (const reader of this.#readers.values()) void reader.stop();
    this.#readers.clear();
    await this.#consumer.stop();
    await this.#consumer.gone();
  }

  /** Synchronous: what is sought and paused here holds for the very next fetch. */
  #joined(assignment: ReadonlyMap<string, readonly number[]>): void {
    const topicOf = new Map(this.subscription.topics.map((topic) => [this.context.prefix + topic, topic]));
    const places = [...assignment].flatMap(([name, partitions]) => {
      const topic = topicOf.get(name);
      return topic === undefined ? [] : partitions.map((partition) => ({ topic, partition }));
    });
    this.#assigned = new Map([...Map.groupBy(places, ({ partition }) => partition)].map(([partition, of]) => [partition, of.map(({ topic }) => topic)]));
    this.#contested.clear();
    for (const partition of this.#assigned.keys()) this.#direct(partition);
    this.#settle();
  }

  /** Tells the consumer where a shard stands; one without a reader has to wait for it. */
  #direct(partition: number): void {
    const feed = this.#readers.get(partition)?.feed;
    for (const topic of this.#assigned.get(partition) ?? []) {
      const name = this.context.prefix + topic;
      const expected = feed?.expected(topic);
      if (expected !== undefined) this.#consumer.seek(name, partition, expected);
      if (expected === undefined) this.#consumer.pause(name, partition);
      else if (feed?.full(topic)) this.#pauseUntilRoom(feed, topic, partition);
      else this.#consumer.resume(name, partition);
    }
  }

  /** Brings what we have in line with what we were given; one after the other, and again after a pause when it fails. */
  #settle(): void {
    this.#cancelRetry?.();
    this.#last = this.#last
      .then(() => this.#settleOnce())
      .catch((error: unknown) => {
        this.context.options.onTrouble(error, this.group);
        if (this.#stopped) return;
        this.#cancelRetry = this.context.options.clock.after(250, () => {
          this.#settle();
        });
      });
  }

  async #settleOnce(): Promise<void> {
    if (this.#stopped) return;
    await this.#release([...this.#readers.values()].filter(({ shard }) => !this.#assigned.has(shard.partition)));
    const lost = await this.#ownership.lost(this.owned());
    for (const reader of [...this.#readers.values()]) if (lost.has(reader.shard)) this.#lose(reader);
    const wanted = [...this.#assigned.keys()].filter((partition) => !this.#readers.has(partition) && !this.#contested.has(partition));
    if (wanted.length > 0) await this.#takeOver(wanted);
    this.#ready.resolve(undefined);
  }

  async #takeOver(partitions: readonly number[]): Promise<void> {
    const { offsets, prefix } = this.context;
    const names = this.subscription.topics.map((topic) => prefix + topic);
    const seized = await this.#ownership.takeOver(partitions);
    const [low, high] = [await offsets.beginnings(names), await offsets.ends(names)];
    const taken = await this.#ownership.placed(seized, (topic, partition) => ({
      low: low.get(prefix + topic)?.get(partition) ?? 0,
      high: high.get(prefix + topic)?.get(partition) ?? Infinity,
    }));
    for (const one of taken) {
      const { partition } = one.shard;
      const reader = this.#reader(one);
      this.#readers.set(partition, reader);
      reader.start();
      this.#direct(partition);
    }
  }

  #reader({ shard, positions, highWater }: TakenShard): KafkaReader {
    const { clock, retry, newId, isTransient, onTrouble } = this.context.options;
    const { publish } = this.context.runner;
    const options = { subscription: this.subscription, shard, store: this.context.store(highWater), publish, clock, retry, newId, isTransient, onTrouble };
    return new ShardReader(new QueueFeed(shard.partition, positions), options, positions, (fenced) => {
      this.#contested.add(fenced.shard.partition);
      this.#lose(fenced);
    });
  }

  async #take({ topic: name, partition, from, messages, to }: FetchedBatch): Promise<boolean> {
    const topic = this.subscription.topics.find((candidate) => this.context.prefix + candidate === name);
    const reader = this.#readers.get(partition);
    const expected = topic && reader?.feed.expected(topic);
    if (!topic || !reader || expected === undefined) {
      this.#consumer.pause(name, partition);
      return false;
    }
    if (from >= 0 && from !== expected && !(await this.#gone(topic, partition, expected, from))) {
      this.#consumer.seek(name, partition, expected);
      return false;
    }
    reader.feed.push(topic, messages, to);
    reader.wake();
    if (reader.feed.full(topic) && !(await this.#room(reader.feed, topic))) this.#pauseUntilRoom(reader.feed, topic, partition);
    return true;
  }

  /** Whether the records between `expected` and `from` no longer exist; then there is nothing to go back to. */
  async #gone(topic: Topic, partition: number, expected: number, from: number): Promise<boolean> {
    if (from < expected) return false;
    const name = this.context.prefix + topic;
    const low = (await this.context.offsets.beginnings([name])).get(name)?.get(partition) ?? 0;
    if (low < from) return false;
    this.context.options.onTrouble(new Error(`${topic}/${partition}: the records from ${expected} to ${from} are gone, nobody has read them here`), this.group);
    return true;
  }

  #room(feed: QueueFeed, topic: Topic): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.context.options.clock.after(roomWaitMs, () => {
        resolve(false);
      });
      feed.whenRoom(topic, () => {
        cancel();
        resolve(true);
      });
    });
  }

  #pauseUntilRoom(feed: QueueFeed, topic: Topic, partition: number): void {
    const name = this.context.prefix + topic;
    this.#consumer.pause(name, partition);
    feed.whenRoom(topic, () => {
      if (this.#readers.get(partition)?.feed === feed) this.#consumer.resume(name, partition);
    });
  }

  async #release(readers: readonly KafkaReader[]): Promise<void> {
    if (readers.length === 0) return;
    await Promise.all(readers.map((reader) => reader.stop()));
    // One that was fenced while it stopped is lost already.
    const shards = readers.filter((reader) => this.#readers.get(reader.shard.partition) === reader).map(({ shard }) => shard);
    for (const { partition } of shards) this.#readers.delete(partition);
    try {
      if (shards.length > 0) await this.#ownership.release(shards);
    } finally {
      if (shards.length > 0) this.subscription.onLost?.(shards);
    }
  }

  #lose(reader: KafkaReader): void {
    if (this.#readers.get(reader.shard.partition) !== reader) return;
    this.#readers.delete(reader.shard.partition);
    void reader.stop();
    this.subscription.onLost?.([reader.shard]);
  }
}
