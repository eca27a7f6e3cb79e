/** What it takes to run the facts of one shard. */
import { type Fact } from '@tributary/facts';
import { type Clock } from './clock';
import { type GroupStore } from './group-store';
import { type Shard, type Subscription, type Transaction } from './port';
import { type RetryPolicy } from './retry';

export interface ShardRunnerOptions<T extends Transaction> {
  readonly subscription: Subscription<T>;
  readonly shard: Shard;
  readonly store: GroupStore<T>;
  readonly publish: (tx: T, facts: readonly Fact[]) => void;
  readonly clock: Clock;
  readonly retry: RetryPolicy;
  readonly newId: () => string;
  /** Whether an error says nothing about the facts: the same batch is tried again, uncounted. */
  readonly isTransient: (error: unknown) => boolean;
  readonly onTrouble: (error: unknown, shard: Shard) => void;
}
