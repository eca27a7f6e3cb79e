/** A member of a group on the fact log: takes its share of the shards, gives back what is another's, and reads what it has. */
import { type Fact, type Topic, topicSettings } from '@tributary/facts';
import { type BusOptions } from '../options';
import { type Shard, type ShardEnd, type Subscriber, type Subscription } from '../port';
import { type ShardRunnerOptions } from '../runner-options';
import { ShardReader } from '../shard-reader';
import { type BusDatabase, type SqlTransaction } from './bus-database';
import { LogFeed } from './log-feed';
import { type LogPages } from './log-pages';
import { type GroupView } from './membership';
import { PostgresGroupStore } from './postgres.group-store';
import { endsSql } from './sql/ends.sql';
import { ensurePositionsSql } from './sql/ensure-positions.sql';
import { releaseSql } from './sql/release.sql';
import { takeOverSql } from './sql/take-over.sql';

type LogReader = ShardReader<SqlTransaction, LogFeed>;

interface TakenRow {
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number;
  readonly epoch: number;
}

export interface SubscriberContext {
  readonly database: BusDatabase;
  readonly pages: LogPages;
  readonly options: Required<BusOptions>;
  readonly member: string;
  readonly publish: (tx: SqlTransaction, facts: readonly Fact[]) => void;
  /** Asks all members to look again at who owns what. */
  readonly announce: () => void;
  readonly onStopped: (subscriber: PostgresSubscriber) => Promise<void>;
}

export class PostgresSubscriber implements Subscriber {
  readonly group: string;
  readonly #readers = new Map<number, LogReader>();
  readonly #ready = Promise.withResolvers<undefined>();
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    readonly subscription: Subscription<SqlTransaction>,
    private readonly context: SubscriberContext,
  ) {
    this.group = subscription.group;
    // Nobody has to wait for it.
    this.#ready.promise.catch(() => undefined);
  }

  /** Makes the group known; a new one begins at the earliest fact. */
  async prepare(): Promise<void> {
    const { topics } = this.subscription;
    await this.context.database.query(ensurePositionsSql('bus.'), [this.group, [...topics], topics.map((topic) => topicSettings[topic].partitions)]);
  }

  owned(): readonly Shard[] {
    return [...this.#readers.values()].map(({ shard }) => shard);
  }

  async ready(): Promise<void> {
    await this.#ready.promise;
  }

  readableAt(): number {
    // The log is in the database itself: whatever statement asks has proven it.
    return this.context.options.clock.monotonic();
  }

  async ends(partitions: readonly number[]): Promise<ReadonlyMap<number, ShardEnd>> {
    const rows = await this.context.database.query<{ topic: Topic; partition: number; end: number }>(endsSql, [[...this.subscription.topics], [...partitions]]);
    return new Map(
      partitions.map((partition) => [partition, Object.fromEntries(rows.filter((row) => row.partition === partition).map(({ topic, end }) => [topic, end]))]),
    );
  }

  outboxShipped(): boolean {
    // Publish = commit = on the log.
    return true;
  }

  reached(partition: number, end: ShardEnd, key?: string): boolean {
    return this.#readers.get(partition)?.reached(end, key) ?? false;
  }

  wake(topic: Topic, partition: number): void {
    const reader = this.#readers.get(partition);
    reader?.feed.mark(topic);
    reader?.wake();
  }

  async reload(partition: number): Promise<void> {
    await this.#readers.get(partition)?.reload();
  }

  /** Looks at who lives and who owns what, and acts on it; one look at a time. */
  rebalance(view: GroupView): Promise<void> {
    this.#last = this.#last
      .then(() => this.#rebalance(view))
      .catch((error: unknown) => {
        this.context.options.onTrouble(error, this.group);
      });
    return this.#last;
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#last;
    await this.#release([...this.#readers.values()]).catch((error: unknown) => {
      this.context.options.onTrouble(error, this.group);
    });
    this.#ready.resolve(undefined);
    await this.context.onStopped(this);
  }

  abandon(): void {
    this.#stopped = true;
    for (const reader of this.#readers.values()) void reader.stop();
    this.#readers.clear();
  }

  async #rebalance({ members, positions }: GroupView): Promise<void> {
    if (this.#stopped) return;
    const { member } = this.context;
    for (const { partition, topic, owner, epoch, end } of positions) {
      const reader = this.#readers.get(partition);
      if (!reader) continue;
      if (epoch > reader.shard.epoch || (owner !== member && epoch === reader.shard.epoch)) this.#lose(reader);
      else if (end > reader.position(topic)) this.wake(topic, partition);
    }
    const share = (partition: number): boolean => members[partition % members.length] === member;
    await this.#release([...this.#readers.values()].filter(({ shard }) => !share(shard.partition)));
    const free = new Set(positions.filter(({ owner }) => owner === null || owner === member || !members.includes(owner)).map(({ partition }) => partition));
    const wanted = [...free].filter((partition) => share(partition) && !this.#readers.has(partition));
    if (wanted.length > 0) await this.#takeOver(wanted, members);
    this.#ready.resolve(undefined);
  }

  async #takeOver(partitions: readonly number[], living: readonly string[]): Promise<void> {
    const { member } = this.context;
    const { subscription } = this;
    const rows = await subscription.database.transaction(async (tx) => {
      const taken = await tx.query<TakenRow>(takeOverSql, [this.group, [...partitions], member, [...living]]);
      await subscription.onAssigned?.(shardsOf(this.group, taken), tx);
      return taken;
    });
    for (const shard of shardsOf(this.group, rows)) {
      const positions = new Map(rows.filter(({ partition }) => partition === shard.partition).map(({ topic, position }) => [topic, position]));
      const reader = new ShardReader(new LogFeed(this.context.pages, subscription.topics, shard.partition), this.#runnerOptions(shard), positions, (lost) => {
        this.#lose(lost);
        this.context.announce();
      });
      this.#readers.set(shard.partition, reader);
      reader.start();
    }
  }

  async #release(readers: readonly LogReader[]): Promise<void> {
    if (readers.length === 0) return;
    await Promise.all(readers.map((reader) => reader.stop()));
    const shards = readers.map(({ shard }) => shard);
    for (const { partition } of shards) this.#readers.delete(partition);
    try {
      await this.subscription.database.transaction(async (tx) => {
        await this.subscription.onReleasing?.(shards, tx);
        await tx.execute(releaseSql('bus.'), [this.group, shards.map(({ partition }) => partition), shards.map(({ epoch }) => epoch)]);
      });
    } finally {
      this.subscription.onLost?.(shards);
      this.context.announce();
    }
  }

  #lose(reader: LogReader): void {
    if (this.#readers.get(reader.shard.partition) !== reader) return;
    this.#readers.delete(reader.shard.partition);
    void reader.stop();
    this.subscription.onLost?.([reader.shard]);
  }

  #runnerOptions(shard: Shard): ShardRunnerOptions<SqlTransaction> {
    const { clock, retry, newId, isTransient, onTrouble } = this.context.options;
    return {
      subscription: this.subscription,
      shard,
      store: new PostgresGroupStore(this.context.database, 'bus.'),
      publish: this.context.publish,
      clock,
      retry,
      newId,
      isTransient,
      onTrouble,
    };
  }
}

function shardsOf(group: string, rows: readonly TakenRow[]): readonly Shard[] {
  return [...new Map(rows.map(({ partition, epoch }) => [partition, { group, partition, epoch }])).values()];
}
