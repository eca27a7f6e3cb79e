/** The fact bus: what publishers and handlers may rely on, whatever carries the facts. */
import { type Fact, type Topic } from '@tributary/facts';

/** As little of a database transaction as a bus needs. */
export interface Transaction {
  beforeCommit(hook: () => Promise<void>): void;
  afterCommit(hook: () => void): void;
}

/** A partition number of a group's topics; the same number of every topic belongs to the same owner. */
export interface Shard {
  readonly group: string;
  readonly partition: number;
  /** Bumped at every assignment: what an earlier owner still does is fenced by it. */
  readonly epoch: number;
}

export interface Delivery {
  readonly topic: Topic;
  readonly partition: number;
  /** Grows along a partition; positions of one partition appear in commit order. */
  readonly position: number;
  readonly key: string;
  readonly fact: Fact;
  /** The data as it was told, before upcasting: what the payload hash is over. */
  readonly said: Readonly<Record<string, unknown>>;
  /** How often this fact has failed here before. */
  readonly failures: number;
}

/** What did not go well. A delivery that is not named is done. */
export type Exception =
  /** Its time has not come: not counted. The key waits. */
  | { readonly kind: 'later'; readonly delivery: Delivery; readonly because: string; readonly afterMs?: number }
  /** Counted; after the last try a dead letter. The key waits, its neighbours go on. */
  | { readonly kind: 'retry'; readonly delivery: Delivery; readonly because: string }
  /** Straight to the dead letter. */
  | { readonly kind: 'never'; readonly delivery: Delivery; readonly code: string; readonly because: string };

/**
 * Handles a batch of one shard, in order, inside the transaction that also moves the position. Effects go through `tx`;
 * facts are published with the same `tx`. When it throws, nothing of the batch has happened, and it is run again key by key.
 */
export type Handler = (batch: readonly Delivery[], tx: Transaction, shard: Shard) => Promise<readonly Exception[]>;

export interface Subscription<T extends Transaction = Transaction> {
  /** Every group sees every fact; the members of a group share the work. A new group reads from the earliest fact. */
  readonly group: string;
  readonly topics: readonly Topic[];
  /**
   * What the handler is shown; default everything. Facts of other types are read over, and so is the position behind them: it is stored
   * with the next facts that are handled, or a little later.
   */
  readonly types?: readonly string[];
  readonly handle: Handler;
  /** The database whose transactions hold effects and position together. */
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  /** Facts of one batch at most; default 500. */
  readonly batchMax?: number;
  /** Inside the transaction that takes the shards over: before any of their facts is handled. */
  readonly onAssigned?: (shards: readonly Shard[], tx: Transaction) => Promise<void>;
  /** Inside the transaction that gives the shards back in good order; not called for shards that are lost. */
  readonly onReleasing?: (shards: readonly Shard[], tx: Transaction) => Promise<void>;
  /** The shards are no longer ours, for whatever reason. */
  readonly onLost?: (shards: readonly Shard[]) => void;
  /** A batch of this shard was committed, or its parked facts were drained. */
  readonly onProgress?: (shard: Shard) => void;
}

/** The end of a shard's partitions at one moment, by topic. */
export type ShardEnd = Readonly<Partial<Record<Topic, number>>>;

/** A running member of a group. */
export interface Subscriber {
  readonly group: string;
  owned(): readonly Shard[];
  /** Where the partitions end now; rejects when the bus cannot be read. One request for all the partitions named. */
  ends(partitions: readonly number[]): Promise<ReadonlyMap<number, ShardEnd>>;
  /** Whether everything up to `end` was handled here, and nothing of it is parked (for `key`, when given). */
  reached(partition: number, end: ShardEnd, key?: string): boolean;
  /**
   * Whether everything that this service has published into the partition, of whatever topic of the subscription, is on the bus.
   * As of the latest `ends` plus what this process has committed since: never true too early. Always true where publish = commit = on the log.
   */
  outboxShipped(partition: number): boolean;
  /** Monotonic milliseconds (of the clock given to the bus) at which the bus was last proven readable. */
  readableAt(): number;
  /** Resolves when the first assignment is done and shards may be owned. */
  ready(): Promise<void>;
  /** Stops taking, finishes what is under way, gives the shards back. */
  stop(): Promise<void>;
}

export interface FactBus<T extends Transaction = Transaction> {
  /** Publish = commit: the facts are on the bus if and only if `tx` commits. Throws `UnpublishableFact`, in which case roll back. */
  publish(tx: T, facts: readonly Fact[]): void;
  subscribe(subscription: Subscription<T>): Promise<Subscriber>;
  /** Takes a dead letter of this bus's own groups again, addressed to its group alone. Answers whether it was open. */
  replay(tx: T, deadLetterId: string): Promise<boolean>;
  /** Resolves when the bus can be read and written; rejects with the reason. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** A fact that no bus may carry: over the size, or not what its definition says. A mistake of the publisher. */
export class UnpublishableFact extends Error {
  override readonly name = 'UnpublishableFact';

  constructor(
    readonly code: 'TOO_LARGE' | 'TOO_DEEP' | 'INVALID' | 'UNKNOWN_TYPE',
    message: string,
  ) {
    super(message);
  }
}
