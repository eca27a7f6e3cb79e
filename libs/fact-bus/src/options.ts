/** What every adapter of the bus is given. */
import { type Clock, systemClock } from './clock';
import { type Shard } from './port';
import { defaultRetry, type RetryPolicy } from './retry';

export interface BusOptions {
  readonly clock?: Clock;
  readonly retry?: RetryPolicy;
  /** UUIDs for members and dead letters. */
  readonly newId: () => string;
  /** Whether an error says nothing about the facts (lost connection, deadlock): the same batch is tried again, uncounted. */
  readonly isTransient?: (error: unknown) => boolean;
  /** Trouble worth a log line; the bus goes on by itself. */
  readonly onTrouble?: (error: unknown, where: Shard | string) => void;
}

export function withDefaults(options: BusOptions): Required<BusOptions> {
  return { clock: systemClock, retry: defaultRetry, isTransient: () => false, onTrouble: () => undefined, ...options };
}
