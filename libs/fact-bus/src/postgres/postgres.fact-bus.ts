/**
 * The PostgreSQL fact log: the log is a table of the services' own database, so publish = commit without an outbox. Positions of
 * a partition are given under its lock, which makes their order the order of commits. One instance serves all groups of a process.
 */
import { type Fact, type Topic } from '@tributary/facts';
import { bodiesApart, bodiesTogether, encode, type Encoded } from '../encode';
import { type BusOptions, withDefaults } from '../options';
import { type FactBus, type Subscriber, type Subscription } from '../port';
import { type BusDatabase, type SqlTransaction } from './bus-database';
import { lockKeyOf } from './lock-key';
import { LogPages } from './log-pages';
import { LogRetention } from './log-retention';
import { Membership } from './membership';
import { PostgresSubscriber } from './postgres.subscriber';
import { replaySql } from './sql/replay.sql';

export interface PostgresFactBusOptions extends BusOptions {
  /** Connected to the database that holds the schema `bus`; the bus does not close it. */
  readonly database: BusDatabase;
  readonly heartbeatMs?: number;
  /** A member that was not heard of for so long is dead, even when its session lock is held. */
  readonly leaseMs?: number;
}

export class PostgresFactBus implements FactBus<SqlTransaction> {
  readonly #options: Required<BusOptions>;
  readonly #database: BusDatabase;
  readonly #member: string;
  readonly #membership: Membership;
  readonly #retention: LogRetention;
  readonly #pages: LogPages;
  readonly #subscribers = new Set<PostgresSubscriber>();
  readonly #buffers = new WeakMap<SqlTransaction, Encoded[]>();
  readonly #appended = new Set<string>();
  #signalling = false;

  constructor({ database, heartbeatMs = 5_000, leaseMs = 15_000, ...options }: PostgresFactBusOptions) {
    this.#options = withDefaults(options);
    this.#database = database;
    this.#member = this.#options.newId();
    this.#pages = new LogPages(database);
    this.#retention = new LogRetention(database, this.#options);
    this.#retention.start();
    this.#membership = new Membership(database, this.#options, {
      member: this.#member,
      lockKey: lockKeyOf(this.#member),
      heartbeatMs,
      leaseMs,
      groups: () => [...new Set([...this.#subscribers].map(({ group }) => group))],
      onView: async (view) => {
        this.#pages.forget();
        // Whoever had come meanwhile would have said so.
        if (!this.#membership.hasCompany()) this.#appended.clear();
        await Promise.all(
          [...this.#subscribers].map(async (subscriber) => {
            const group = view.get(subscriber.group);
            if (group) await subscriber.rebalance(group);
          }),
        );
      },
      onSignal: ({ appended = [], parked = [] }) => {
        for (const place of appended) this.#wake(place);
        for (const place of parked) this.#reload(place);
        void this.#signal();
      },
    });
  }

  publish(tx: SqlTransaction, facts: readonly Fact[]): void {
    const encoded = facts.map(encode);
    const buffer = this.#buffers.get(tx);
    if (buffer) {
      buffer.push(...encoded);
      return;
    }
    const fresh = [...encoded];
    this.#buffers.set(tx, fresh);
    tx.beforeCommit(() => this.#append(tx, fresh));
    tx.afterCommit(() => {
      const places = new Set(fresh.map(({ topic, partition }) => `${topic}/${partition}`));
      for (const place of places) {
        this.#wake(place);
        this.#appended.add(place);
      }
      void this.#signal();
    });
  }

  async subscribe(subscription: Subscription<SqlTransaction>): Promise<Subscriber> {
    const subscriber = new PostgresSubscriber(subscription, {
      database: this.#database,
      pages: this.#pages,
      options: this.#options,
      member: this.#member,
      publish: (tx, facts) => {
        this.publish(tx, facts);
      },
      announce: () => void this.#membership.signal({ look: true }),
      onStopped: async (stopped) => {
        this.#subscribers.delete(stopped);
        await this.#database.query('DELETE FROM bus.member WHERE member = $1 AND group_name = $2', [this.#member, stopped.group]);
        await this.#membership.signal({ look: true });
      },
    });
    await subscriber.prepare();
    this.#subscribers.add(subscriber);
    await this.#membership.look();
    return subscriber;
  }

  async replay(tx: SqlTransaction, deadLetterId: string): Promise<boolean> {
    const [letter] = await tx.query<{ group: string; partition: number }>(replaySql('bus.'), [deadLetterId]);
    if (!letter) return false;
    const place = `${letter.group}/${letter.partition}`;
    tx.afterCommit(() => {
      this.#reload(place);
      void this.#membership.signal({ parked: [place] });
    });
    return true;
  }

  async probe(): Promise<void> {
    await this.#database.query('SELECT 1 FROM bus.position LIMIT 1');
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber.stop()));
    await this.#retention.stop();
    await this.#membership.close();
  }

  /** As a crash leaves it: stops without giving anything back. For tests; the next owner fences what is still under way. */
  async abandon(): Promise<void> {
    for (const subscriber of this.#subscribers) subscriber.abandon();
    await this.#retention.stop();
    await this.#membership.abandon();
  }

  async #append(tx: SqlTransaction, facts: readonly Encoded[]): Promise<void> {
    if (facts.length === 0) return;
    const column = <K extends keyof Encoded>(name: K): Encoded[K][] => facts.map((fact) => fact[name]);
    await tx.query(`SELECT bus.append($1::text[], $2::int[], $3::text[], $4::text[], ${bodiesApart('$5')})`, [
      column('topic'),
      column('partition'),
      column('key'),
      column('id'),
      bodiesTogether(column('body')),
    ]);
  }

  /**
   * One notification at a time for all that was committed meanwhile: NOTIFY serialises commits, so it stays out of the hot transactions,
   * and is left out while nobody else is there to hear it. Who comes is told of the latest, too.
   */
  async #signal(): Promise<void> {
    if (this.#signalling || !this.#membership.hasCompany()) return;
    this.#signalling = true;
    while (this.#appended.size > 0) {
      const appended = [...this.#appended].slice(0, 200);
      for (const place of appended) this.#appended.delete(place);
      await this.#membership.signal({ appended });
    }
    this.#signalling = false;
  }

  #wake(place: string): void {
    const [topic, partition] = split(place);
    for (const subscriber of this.#subscribers) {
      if (subscriber.subscription.topics.includes(topic as Topic)) subscriber.wake(topic as Topic, partition);
    }
  }

  #reload(place: string): void {
    const [group, partition] = split(place);
    for (const subscriber of this.#subscribers) {
      if (subscriber.group !== group) continue;
      subscriber.reload(partition).catch((error: unknown) => {
        this.#options.onTrouble(error, place);
      });
    }
  }
}

function split(place: string): [string, number] {
  const at = place.lastIndexOf('/');
  return [place.slice(0, at), Number(place.slice(at + 1))];
}
