/**
 * Ships what lies in the outbox: partition by partition in order, one send in flight, and only what the broker has acknowledged leaves
 * the outbox. Between the acknowledgement and the deletion a process may die: then the rows are sent again, and consumers know them by
 * their sequence. Whatever happens, the first copies of a partition's rows stand in the log in the order of the outbox.
 */
import { type Message, type Producer } from 'kafkajs';
import { type Clock } from '../clock';
import { type BusDatabase } from '../postgres/bus-database';
import { rawFromText } from '../raw-record';
import { type LazyAdmin } from './kafka-client';
import { type OutboxRow, rawMessage, toMessage } from './record';
import { outboxPageSql } from './sql/outbox-page.sql';
import { outboxShippedSql } from './sql/outbox-shipped.sql';

/** A partition of a topic, without the installation's prefix. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
}

export interface ShipperOptions {
  readonly database: BusDatabase;
  readonly producer: Pick<Producer, 'sendBatch'>;
  readonly admin: LazyAdmin;
  readonly prefix: string;
  /** The service and its outbox's incarnation. */
  readonly outbox: string;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown, where: string) => void;
}

/** Of one partition in one send: far below the broker's limit of 1 MiB, the headers and a last large fact included. */
const placeBytesMax = 512 * 1024;
const placeRowsMax = 500;
/** Partitions in one send. */
const placesMax = 16;
const holdMaxMs = 5_000;

interface PlaceState extends Place {
  shipped: number;
  rowsMax: number;
  failures: number;
  /** Not before this monotonic time. */
  holdUntil: number;
}

interface Load {
  readonly place: PlaceState;
  readonly rows: readonly OutboxRow[];
}

export const placeName = ({ topic, partition }: Place): string => `${topic}/${partition}`;

export class OutboxShipper {
  readonly #places = new Map<string, PlaceState>();
  /** Places that may have something to ship. */
  readonly #dirty = new Set<string>();
  /** Partition counts of topics that are known to exist. */
  readonly #counts = new Map<string, number>();

  constructor(private readonly options: ShipperOptions) {}

  mark(place: Place): void {
    const name = placeName(place);
    if (!this.#places.has(name)) this.#places.set(name, { ...place, shipped: 0, rowsMax: placeRowsMax, failures: 0, holdUntil: 0 });
    this.#dirty.add(name);
  }

  /** When something that is held back may be tried again; `undefined`: nothing waits. */
  nextAt(): number | undefined {
    const times = [...this.#dirty].map((name) => this.#places.get(name)?.holdUntil ?? 0);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /** Ships one page of every partition that has something. Answers how many rows left the outbox; rejects when the database is in trouble. */
  async ship(): Promise<number> {
    const now = this.options.clock.monotonic();
    const due = [...this.#dirty].flatMap((name) => this.#places.get(name) ?? []).filter(({ holdUntil }) => holdUntil <= now);
    const places = due.slice(0, placesMax);
    if (places.length === 0) return 0;
    for (const place of places) this.#dirty.delete(placeName(place));
    try {
      const loads = await this.#load(places);
      return await this.#send(await this.#sendable(loads));
    } catch (error) {
      for (const place of places) this.#dirty.add(placeName(place));
      throw error;
    }
  }

  async #load(places: readonly PlaceState[]): Promise<readonly Load[]> {
    const rows = await this.options.database.query<OutboxRow>(outboxPageSql, [
      places.map(({ topic }) => topic),
      places.map(({ partition }) => partition),
      places.map(({ shipped }) => shipped),
      Math.max(...places.map(({ rowsMax }) => rowsMax)),
      placeBytesMax,
    ]);
    const loads = places.map((place) => ({
      place,
      rows: rows.filter(({ topic, partition }) => topic === place.topic && partition === place.partition).slice(0, place.rowsMax),
    }));
    return loads.filter((load) => load.rows.length > 0);
  }

  /** Without what goes to partitions that do not exist: kafkajs would drop it and say nothing. */
  async #sendable(loads: readonly Load[]): Promise<readonly Load[]> {
    const sendable: Load[] = [];
    for (const load of loads) {
      try {
        const count = await this.#partitionsOf(load.place.topic);
        if (load.place.partition >= count) throw new Error(`the topic has ${count} partitions`);
        sendable.push(load);
      } catch (error) {
        this.#hold(load.place, error);
      }
    }
    return sendable;
  }

  async #partitionsOf(topic: string): Promise<number> {
    const known = this.#counts.get(topic);
    if (known !== undefined) return known;
    const { topics } = await this.options.admin.use((admin) => admin.fetchTopicMetadata({ topics: [this.options.prefix + topic] }));
    const count = topics[0]?.partitions.length ?? 0;
    if (count > 0) this.#counts.set(topic, count);
    return count;
  }

  async #send(loads: readonly Load[]): Promise<number> {
    if (loads.length === 0) return 0;
    try {
      await this.#sendTogether(loads);
    } catch (error) {
      if (loads.length > 1 && isAboutContent(error)) {
        let shipped = 0;
        for (const load of loads) shipped += await this.#send([load]);
        return shipped;
      }
      return await this.#unsent(loads, error);
    }
    return await this.#acknowledged(loads);
  }

  async #sendTogether(loads: readonly Load[]): Promise<void> {
    const { producer, prefix, outbox } = this.options;
    const byTopic = Map.groupBy(loads, ({ place }) => place.topic);
    const topicMessages = [...byTopic].map(([topic, ofTopic]) => ({
      topic: prefix + topic,
      messages: ofTopic.flatMap(({ rows }) => rows.map((row) => message(row, outbox))),
    }));
    const answers = await producer.sendBatch({ acks: -1, topicMessages });
    const acknowledged = new Set(answers.filter(({ errorCode }) => errorCode === 0).map(({ topicName, partition }) => `${topicName}/${partition}`));
    const silent = loads.filter(({ place }) => !acknowledged.has(prefix + placeName(place)));
    if (silent.length > 0) {
      this.#counts.clear();
      throw new Error(`no acknowledgement for ${silent.map(({ place }) => placeName(place)).join(', ')}`);
    }
  }

  async #acknowledged(loads: readonly Load[]): Promise<number> {
    const ends = loads.map(({ place, rows }) => ({ place, upto: rows.at(-1)?.position ?? 0, more: full(place, rows) }));
    await this.options.database.query(outboxShippedSql, [
      ends.map(({ place }) => place.topic),
      ends.map(({ place }) => place.partition),
      ends.map(({ upto }) => upto),
    ]);
    for (const { place, upto, more } of ends) {
      Object.assign(place, { shipped: upto, failures: 0, holdUntil: 0, rowsMax: Math.min(placeRowsMax, place.rowsMax * 2) });
      if (more) this.#dirty.add(placeName(place));
    }
    return loads.reduce((sum, { rows }) => sum + rows.length, 0);
  }

  /** Nothing is given up but the copy of a dead letter that no broker takes: the letter itself is kept in its table. */
  async #unsent(loads: readonly Load[], error: unknown): Promise<number> {
    const [load] = loads;
    if (loads.length === 1 && load && isAboutContent(error)) {
      if (load.rows.length === 1 && load.rows[0]?.raw) {
        this.options.onTrouble(error, placeName(load.place));
        return await this.#acknowledged(loads);
      }
      load.place.rowsMax = Math.max(1, Math.floor(load.rows.length / 2));
    }
    this.#counts.clear();
    for (const { place } of loads) this.#hold(place, error);
    return 0;
  }

  #hold(place: PlaceState, error: unknown): void {
    place.failures++;
    place.holdUntil = this.options.clock.monotonic() + Math.min(holdMaxMs, 50 * 2 ** Math.min(place.failures, 8));
    this.#dirty.add(placeName(place));
    this.options.onTrouble(error, placeName(place));
  }
}

/** Whether the page ended because of its limits, and not because there was no more. */
function full({ rowsMax }: PlaceState, rows: readonly OutboxRow[]): boolean {
  const bytes = rows.reduce((sum, { body, raw }) => sum + body.length + (raw?.length ?? 0), 0);
  return rows.length >= rowsMax || bytes * 4 > placeBytesMax;
}

function message(row: OutboxRow, outbox: string): Message {
  return row.raw === null ? toMessage(row, outbox) : rawMessage(rawFromText(row.raw), row.partition);
}

/** The broker was there and refused what we sent; trying the same again is no use. */
function isAboutContent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { name, retriable } = cause as Error & { retriable?: boolean };
    if (name === 'KafkaJSProtocolError' && retriable === false) return true;
  }
  return false;
}
