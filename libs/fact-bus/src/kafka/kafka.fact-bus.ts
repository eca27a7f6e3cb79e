/**
 * The fact bus on Kafka. Publishing writes into the service's own outbox, in the transaction of the effects; a relay ships it. Groups
 * keep their positions in the service's own schema and use Kafka for fetching and for sharing out the partitions. One instance serves
 * all groups of a process.
 */
import { type Fact, type Topic, topics } from '@tributary/facts';
import { type Kafka, type KafkaConfig } from 'kafkajs';
import { type DeadLetter } from '../dead-letter';
import { bodiesApart, bodiesTogether, encode } from '../encode';
import { type BusOptions, withDefaults } from '../options';
import { type FactBus, type Subscriber, type Subscription } from '../port';
import { type BusDatabase, type SqlTransaction } from '../postgres/bus-database';
import { replaySql } from '../postgres/sql/replay.sql';
import { rawToText } from '../raw-record';
import { letterRecord } from './dead-letter-record';
import { deadLetterTopic, ensureTopics, type EnsureTopicsOptions } from './ensure-topics';
import { kafkaTables } from './kafka-bus-tables.migration';
import { clientIdOf, DeadMembers } from './dead-members';
import { kafkaClient, type KafkaLogLine, KnownBrokers, type LazyAdmin, lazyAdmin, type LazyCluster, lazyCluster } from './kafka-client';
import { KafkaGroupStore } from './kafka.group-store';
import { KafkaSubscriber } from './kafka.subscriber';
import { LogOffsets } from './log-offsets';
import { type Place } from './outbox-shipper';
import { OutboxWatch } from './outbox-watch';
import { Relay } from './relay';

export interface KafkaFactBusOptions extends BusOptions {
  /** Connected to the service's own schema, with `KafkaBusTables...` among its migrations; the bus does not close it. */
  readonly database: BusDatabase;
  /** Where the brokers are and how to be let in. */
  readonly kafka: KafkaConfig;
  /** The service's name: part of its outbox's. The same for all its processes and releases. */
  readonly service: string;
  /** Goes before the names of topics and groups: several installations on one cluster. */
  readonly prefix?: string;
  /** Create missing topics, dead-letter topics included (default); `false` where an operator does. */
  readonly createTopics?: Pick<EnsureTopicsOptions, 'replicationFactor' | 'timeoutMs'> | false;
  /** A member that was not heard of for so long loses its share; default 6,000. Shorter ones are lost to a busy event loop. */
  readonly sessionTimeoutMs?: number;
  /** How long the broker holds a fetch that finds nothing; default 500. */
  readonly fetchWaitMs?: number;
  /** Between two looks of the relay that nobody asked for; default 5,000. */
  readonly relayBeatMs?: number;
  /** Lines of kafkajs; worth the level debug. */
  readonly onLog?: (line: KafkaLogLine) => void;
}

interface OutboxEntry {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly body: string;
  readonly raw: string | null;
}

export class KafkaFactBus implements FactBus<SqlTransaction> {
  readonly #options: Required<BusOptions>;
  readonly #given: KafkaFactBusOptions;
  readonly #kafka: Kafka;
  readonly #admin: LazyAdmin;
  readonly #cluster: LazyCluster;
  readonly #offsets: LogOffsets;
  readonly #dead: DeadMembers;
  /** Topics and groups that were seen to. */
  readonly #ensured = new Set<string>();
  #ensuring: Promise<void> = Promise.resolve();
  readonly #relay: Relay;
  readonly #watch: OutboxWatch;
  readonly #member: string;
  readonly #prefix: string;
  readonly #subscribers = new Set<KafkaSubscriber>();
  readonly #buffers = new WeakMap<SqlTransaction, OutboxEntry[]>();

  constructor(options: KafkaFactBusOptions) {
    this.#given = options;
    this.#options = withDefaults(options);
    this.#prefix = options.prefix ?? '';
    this.#member = this.#options.newId();
    const { database, service, relayBeatMs = 5_000 } = options;
    const brokers = new KnownBrokers(options.kafka.brokers);
    this.#kafka = kafkaClient({ ...options.kafka, brokers: brokers.all, clientId: clientIdOf(service, this.#member) }, options.onLog);
    this.#admin = lazyAdmin(this.#kafka, brokers);
    this.#cluster = lazyCluster(this.#kafka);
    this.#offsets = new LogOffsets(this.#cluster);
    this.#dead = new DeadMembers({ admin: this.#admin, cluster: this.#cluster }, database, service, this.#member);
    this.#watch = new OutboxWatch(database);
    this.#relay = new Relay({
      database,
      kafka: this.#kafka,
      admin: this.#admin,
      bus: this.#options,
      service,
      prefix: this.#prefix,
      member: this.#member,
      beatMs: relayBeatMs,
      prepare: () => this.#ensureTopics(topics),
      onParked: (places) => {
        for (const place of places) this.#reload(place);
      },
    });
    this.#relay.start();
  }

  publish(tx: SqlTransaction, facts: readonly Fact[]): void {
    this.#append(
      tx,
      facts.map(encode).map(({ topic, partition, key, body }) => ({ topic, partition, key, body, raw: null })),
    );
  }

  async subscribe(subscription: Subscription<SqlTransaction>): Promise<Subscriber> {
    const { database, sessionTimeoutMs = 6_000, fetchWaitMs = 500 } = this.#given;
    const { group, topics: read } = subscription;
    const subscriber = new KafkaSubscriber(subscription, {
      database,
      options: this.#options,
      member: this.#member,
      prefix: this.#prefix,
      consumer: { kafka: this.#kafka, sessionTimeoutMs, fetchWaitMs, prepare: () => this.#prepare(read, group) },
      runner: {
        publish: (tx, facts) => {
          this.publish(tx, facts);
        },
      },
      store: (highWater) =>
        new KafkaGroupStore(database, highWater, (tx, letters) => {
          this.#copy(tx, letters);
        }),
      offsets: this.#offsets,
      lookAtOutbox: () => this.#watch.look(),
      shipped: (of, partition) => this.#watch.shipped(of, partition),
      onStopped: (stopped) => {
        this.#subscribers.delete(stopped);
      },
    });
    this.#subscribers.add(subscriber);
    await subscriber.start();
    return subscriber;
  }

  async replay(tx: SqlTransaction, deadLetterId: string): Promise<boolean> {
    const [letter] = await tx.query<{ group: string; partition: number }>(replaySql(kafkaTables), [deadLetterId]);
    if (!letter) return false;
    const place = `${letter.group}/${letter.partition}`;
    tx.afterCommit(() => {
      this.#reload(place);
      void this.#relay.parked([place]);
    });
    return true;
  }

  async probe(): Promise<void> {
    await this.#given.database.query('SELECT 1 FROM bus_outbox_state');
    await this.#admin.use((admin) => admin.describeCluster());
  }

  async close(): Promise<void> {
    await Promise.all([...this.#subscribers].map((subscriber) => subscriber.stop()));
    await this.#relay.close();
    await Promise.all([this.#admin.close(), this.#cluster.close()]);
  }

  /**
   * As a crash leaves it: stops at once without giving anything back. For tests, which also cut the connections; the next owner fences
   * what is still under way. Resolves when the clients have noticed, too.
   */
  async abandon(): Promise<void> {
    await Promise.all([...[...this.#subscribers].map((subscriber) => subscriber.abandon()), this.#relay.abandon(), this.#admin.close(), this.#cluster.close()]);
  }

  #append(tx: SqlTransaction, entries: readonly OutboxEntry[]): void {
    const buffer = this.#buffers.get(tx);
    if (buffer) {
      buffer.push(...entries);
      return;
    }
    const fresh = [...entries];
    this.#buffers.set(tx, fresh);
    tx.beforeCommit(async () => {
      if (fresh.length === 0) return;
      const column = <K extends keyof OutboxEntry>(name: K): OutboxEntry[K][] => fresh.map((entry) => entry[name]);
      const columns = [column('topic'), column('partition'), column('key'), bodiesTogether(column('body')), column('raw')];
      await tx.query(`SELECT bus_append($1::text[], $2::int[], $3::text[], ${bodiesApart('$4')}, $5::text[])`, columns);
    });
    tx.afterCommit(() => {
      const places = [...new Map(fresh.map(({ topic, partition }): [string, Place] => [`${topic}/${partition}`, { topic, partition }])).values()];
      this.#watch.committed(places);
      this.#relay.appended(places);
    });
  }

  /** A copy of each letter for its dead-letter topic, untouched but for the headers that say why. */
  #copy(tx: SqlTransaction, letters: readonly DeadLetter[]): void {
    this.#append(
      tx,
      letters.map((letter) => ({
        topic: deadLetterTopic(letter.topic, letter.group),
        partition: 0,
        key: letter.key,
        // What counts is the record as it came.
        body: '{}',
        raw: rawToText(letterRecord(letter)),
      })),
    );
  }

  async #prepare(read: readonly Topic[], group: string): Promise<void> {
    await this.#ensureTopics(read, group);
    await this.#relay.shown();
    // Only a shortcut: without it the group waits for the end of their sessions.
    await this.#dead.seeOut(this.#prefix + group).catch((error: unknown) => {
      this.#options.onTrouble(error, group);
    });
  }

  /** One after the other, and every topic once. */
  async #ensureTopics(topics: readonly Topic[], group?: string): Promise<void> {
    const { createTopics = {} } = this.#given;
    if (createTopics === false) return;
    const turn = this.#ensuring.then(async () => {
      const names = topics.flatMap((topic) => (group === undefined ? [topic] : [topic, deadLetterTopic(topic, group)]));
      if (names.every((name) => this.#ensured.has(name))) return;
      const wanted = { ...createTopics, topics, groups: group === undefined ? [] : [{ group, topics }], prefix: this.#prefix };
      const { deviations } = await this.#admin.use((admin) => ensureTopics(admin, wanted));
      for (const deviation of deviations) this.#options.onTrouble(new Error(deviation), 'topics');
      for (const name of names) this.#ensured.add(name);
    });
    this.#ensuring = turn.catch(() => undefined);
    await turn;
  }

  #reload(place: string): void {
    const at = place.lastIndexOf('/');
    for (const subscriber of this.#subscribers) {
      if (subscriber.group !== place.slice(0, at)) continue;
      subscriber.reload(Number(place.slice(at + 1))).catch((error: unknown) => {
        this.#options.onTrouble(error, place);
      });
    }
  }
}
