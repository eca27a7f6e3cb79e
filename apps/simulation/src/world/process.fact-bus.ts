/** The bus as one process sees it: what it tells is part of its commits, what it hears comes through its own database, and the log may be away. */
import { type Fact } from '@tributary/facts';
import { type FactBus, type InMemoryFactBus, type Subscriber, type Subscription } from '@tributary/fact-bus';
import { type InMemoryTransaction } from '@tributary/persistence';
import { BusAway } from '../faults/errors';
import { type ProcessDatabase } from './process.database';
import { type SimulatedLog } from './simulated.log';
import { type SimulatedProcess } from './simulated.process';

export interface ProcessBusOptions {
  readonly process: SimulatedProcess;
  readonly bus: InMemoryFactBus;
  readonly log: SimulatedLog;
  readonly database: ProcessDatabase;
  readonly onPublished: (tx: InMemoryTransaction, facts: readonly Fact[]) => void;
}

export class ProcessFactBus implements FactBus<InMemoryTransaction> {
  constructor(private readonly options: ProcessBusOptions) {}

  publish(tx: InMemoryTransaction, facts: readonly Fact[]): void {
    const { process, bus, database, onPublished } = this.options;
    if (!process.isAlive()) return;
    database.partOfCommit(() => {
      bus.publish(tx, facts);
    });
    onPublished(tx, facts);
  }

  async subscribe(subscription: Subscription<InMemoryTransaction>): Promise<Subscriber> {
    const { process, bus, log, database } = this.options;
    const inner = await process.call('bus.subscribe', () => bus.subscribe({ ...subscription, database: database.forBus }));
    return {
      group: inner.group,
      owned: () => inner.owned(),
      ends: (partitions) => process.call('bus.ends', () => (log.away ? Promise.reject(new BusAway('no broker answers')) : inner.ends(partitions))),
      reached: (partition, end, key) => inner.reached(partition, end, key),
      outboxShipped: (partition) => !log.waits(partition),
      readableAt: () => log.readableAt,
      ready: () => inner.ready(),
      stop: () => process.call('bus.stop', () => inner.stop()),
    };
  }

  replay(tx: InMemoryTransaction, deadLetterId: string): Promise<boolean> {
    return this.options.bus.replay(tx, deadLetterId);
  }

  probe(): Promise<void> {
    return this.options.log.away ? Promise.reject(new BusAway('no broker answers')) : Promise.resolve();
  }

  close(): Promise<void> {
    return this.options.bus.close();
  }

  /** The group has noticed that the process is dead. */
  noticed(): Promise<void> {
    return this.options.bus.crash();
  }
}
