/**
 * The relay of a service: of all its processes one ships the outbox, held by a session lock that a dead process loses at once. It is
 * woken by commits of its own process and by the others' notifications; a slow beat finds what nobody told. Idle, it asks nothing.
 */
import { type Kafka, type Producer } from 'kafkajs';
import { type BusOptions } from '../options';
import { type BusDatabase } from '../postgres/bus-database';
import { SignalChannel } from '../postgres/signal-channel';
import { showLife } from './dead-members';
import { type LazyAdmin } from './kafka-client';
import { OutboxShipper, type Place, placeName } from './outbox-shipper';
import { forgetSeenFactsSql } from './sql/seen-facts.sql';
import { outboxPlacesSql } from './sql/outbox-places.sql';

/** What the processes of a service tell each other. */
export interface OutboxSignal {
  /** Places that have something new. */
  readonly appended?: readonly Place[];
  /** `group/partition` with something newly parked. */
  readonly parked?: readonly string[];
  /** The relay has stopped: who wants to be the next? */
  readonly vacant?: boolean;
}

export interface RelayOptions {
  readonly database: BusDatabase;
  readonly kafka: Kafka;
  readonly admin: LazyAdmin;
  readonly bus: Required<BusOptions>;
  readonly service: string;
  readonly prefix: string;
  readonly member: string;
  /** Milliseconds between looks that nobody asked for. */
  readonly beatMs: number;
  /** Before the first row is shipped. */
  readonly prepare: () => Promise<void>;
  readonly onParked: (places: readonly string[]) => void;
}

/** As long as a topic keeps its records. */
const seenFactsKeptMs = 7 * 86_400_000;
const forgetEveryMs = 60_000;

export class Relay {
  readonly #producer: Producer;
  readonly #told = new Map<string, Place>();
  #signals: SignalChannel<OutboxSignal> | undefined;
  readonly #shown = Promise.withResolvers<undefined>();
  #schema = '';
  /** While this process ships. */
  #shipper: OutboxShipper | undefined;
  #telling: Promise<void> | undefined;
  #wake: (() => void) | undefined;
  #woken = false;
  #closed = false;
  #done: Promise<void> = Promise.resolve();
  #failures = 0;
  #lookAt = 0;
  #forgetAt = 0;

  constructor(private readonly options: RelayOptions) {
    this.#producer = options.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
  }

  /** Resolves when this process can be seen to live. */
  async shown(): Promise<void> {
    await this.#shown.promise;
  }

  start(): void {
    this.#done = this.#run();
  }

  /** Something was committed into these places. */
  appended(places: readonly Place[]): void {
    if (this.#shipper) {
      for (const place of places) this.#shipper.mark(place);
      this.#awake();
      return;
    }
    for (const place of places) this.#told.set(placeName(place), place);
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined;
    });
  }

  async parked(places: readonly string[]): Promise<void> {
    await this.#signals?.tell({ parked: places });
  }

  /** Ships what it can at once, then leaves the rest to the next relay. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#awake();
    await this.#done;
    await this.#telling;
    await this.#shipRest().catch((error: unknown) => {
      this.options.bus.onTrouble(error, 'relay');
    });
    const led = this.#shipper !== undefined;
    if (led) await this.#signals?.tell({ vacant: true });
    await this.#signals?.end();
    await this.#producer.disconnect().catch(() => undefined);
  }

  /** Stops without a word, as a crash does. */
  async abandon(): Promise<void> {
    this.#closed = true;
    this.#shipper = undefined;
    await this.#signals?.end();
    this.#awake();
    await this.#producer.disconnect().catch(() => undefined);
  }

  async #shipRest(): Promise<void> {
    while (((await this.#shipper?.ship()) ?? 0) > 0);
  }

  async #run(): Promise<void> {
    while (!this.#isClosed()) {
      try {
        const shipped = await this.#round();
        this.#failures = 0;
        if (shipped === 0) await this.#sleep();
      } catch (error) {
        if (this.#isClosed()) return;
        this.options.bus.onTrouble(error, 'relay');
        this.#failures++;
        await this.#sleep(Math.min(5_000, 50 * 2 ** Math.min(this.#failures, 7)));
      }
    }
  }

  async #round(): Promise<number> {
    this.#woken = false;
    const now = this.options.bus.clock.monotonic();
    if (now >= this.#lookAt) {
      await this.#look();
      this.#lookAt = now + this.options.beatMs;
    }
    return (await this.#shipper?.ship()) ?? 0;
  }

  /** Becomes the relay if there is none, and looks for what nobody told. */
  async #look(): Promise<void> {
    const { database } = this.options;
    const signals = (this.#signals ??= await this.#channel());
    const session = await signals.connected();
    if (!this.#shipper) {
      const [row] = await session.query<{ led: boolean }>('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS led', [`tributary:relay:${this.#schema}`]);
      if (!row?.led || this.#isClosed()) return;
      await this.#producer.connect();
      await this.options.prepare();
      this.#shipper = await this.#newShipper();
    }
    for (const place of await database.query<Place>(outboxPlacesSql)) this.#shipper.mark(place);
    const now = this.options.bus.clock.monotonic();
    if (now < this.#forgetAt) return;
    this.#forgetAt = now + forgetEveryMs;
    await database.query(forgetSeenFactsSql, [seenFactsKeptMs]);
  }

  async #newShipper(): Promise<OutboxShipper> {
    const { database, admin, prefix, bus, service } = this.options;
    const [state] = await database.query<{ incarnation: string }>('SELECT incarnation FROM bus_outbox_state');
    if (!state) throw new Error('the outbox has no incarnation');
    const { clock, onTrouble } = bus;
    return new OutboxShipper({ database, producer: this.#producer, admin, prefix, outbox: `${service}/${state.incarnation}`, clock, onTrouble });
  }

  async #channel(): Promise<SignalChannel<OutboxSignal>> {
    const { database, member, bus, onParked } = this.options;
    const [row] = await database.query<{ schema: string }>('SELECT current_schema() AS schema');
    this.#schema = row?.schema ?? '';
    return new SignalChannel<OutboxSignal>(database, {
      channel: `outbox_${this.#schema}`.slice(0, 63),
      from: member,
      onConnected: async (session) => {
        await showLife(session, member);
        this.#shown.resolve(undefined);
      },
      onSignal: ({ appended = [], parked = [], vacant = false }) => {
        for (const place of appended) this.#shipper?.mark(place);
        if (parked.length > 0) onParked(parked);
        if (vacant) this.#lookAt = 0;
        if (vacant || (appended.length > 0 && this.#shipper)) this.#awake();
      },
      onEnded: () => {
        // The lock is gone with the session: somebody else may be the relay by now. What we still send, consumers know by its sequence.
        this.#shipper = undefined;
        this.#lookAt = 0;
        this.#awake();
      },
      onTrouble: (error) => {
        bus.onTrouble(error, 'relay');
      },
    });
  }

  /** One notification at a time for all that was committed meanwhile: NOTIFY serialises commits, so it stays out of the hot transactions. */
  async #tell(): Promise<void> {
    while (this.#told.size > 0 && this.#signals) {
      const appended = [...this.#told.values()].slice(0, 40);
      for (const place of appended) this.#told.delete(placeName(place));
      await this.#signals.tell({ appended });
    }
  }

  #awake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  async #sleep(delayMs?: number): Promise<void> {
    const { clock } = this.options.bus;
    if (this.#isClosed() || (delayMs === undefined && this.#woken)) return;
    const nextAt = Math.min(this.#lookAt, this.#shipper?.nextAt() ?? Infinity);
    await new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs ?? Math.max(1, nextAt - clock.monotonic()), () => {
        this.#wake?.();
      });
      this.#wake = () => {
        this.#wake = undefined;
        cancel();
        resolve();
      };
    });
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  #isClosed(): boolean {
    return this.#closed;
  }
}
