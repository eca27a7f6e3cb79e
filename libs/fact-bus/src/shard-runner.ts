/**
 * Runs the facts of one shard through a handler, the same way on every bus: one transaction holds the effects, the facts told,
 * what was parked or given up, and the new position. A handler that throws is run again on halves until the fact that
 * makes it throw stands alone; that one is parked, and whatever its key says later waits behind it.
 */
import { type Topic } from '@tributary/facts';
import { type DeadLetter } from './dead-letter';
import { decodeFor, nameOf, type Stored } from './decode';
import { Fenced, type ToPark } from './group-store';
import { describe, ParkedFacts } from './parked-facts';
import { type Delivery, type Exception, type Shard, type ShardEnd, type Transaction, UnpublishableFact } from './port';
import { type ShardRunnerOptions } from './runner-options';

/** How long the position behind facts that nobody here wants to see may stay unstored. */
const readOverMs = 1_000;

/** What the transaction has to write beside the effects. */
interface Plan {
  readonly deliver: readonly Delivery[];
  readonly park: readonly ToPark[];
  readonly bury: readonly DeadLetter[];
}

export class ShardRunner<T extends Transaction> {
  readonly #parked: ParkedFacts<T>;
  /** How far was read. */
  readonly #positions: Map<Topic, number>;
  /** How far the store says, where that is less: what lies between was read over. */
  readonly #stored = new Map<Topic, number>();
  #readOverAt = 0;
  #stopped = false;

  constructor(
    private readonly options: ShardRunnerOptions<T>,
    positions: ReadonlyMap<Topic, number>,
  ) {
    this.#positions = new Map(positions);
    this.#parked = new ParkedFacts(options);
  }

  get shard(): Shard {
    return this.options.shard;
  }

  position(topic: Topic): number {
    return this.#positions.get(topic) ?? 0;
  }

  /** Reads what is parked, at the start and after a replay. */
  async load(): Promise<void> {
    await this.#parked.load();
  }

  stop(): void {
    this.#stopped = true;
  }

  reached(end: ShardEnd, key?: string): boolean {
    const read = Object.entries(end).every(([topic, position]) => this.position(topic as Topic) >= position);
    return read && (key === undefined ? this.#parked.size === 0 : !this.#parked.hasKey(key));
  }

  /** Monotonic time at which the first parked fact is due. */
  nextDueAt(): number | undefined {
    return this.#parked.nextDueAt();
  }

  /**
   * Handles rows of one topic, in order, and moves on to `to`: further than the last row where the log holds nothing for us in
   * between. Rejects with `Fenced` when the shard is not ours any more.
   */
  async run(topic: Topic, rows: readonly Stored[], to = rows.at(-1)?.position ?? 0): Promise<void> {
    const fresh = rows.filter(({ position }) => position > this.position(topic));
    if (this.#nothingIn(fresh)) this.#readOver(topic, fresh.at(-1)?.position ?? 0);
    else await this.#patiently(() => this.#runOnce(topic, fresh));
    if (to > this.position(topic)) await this.#patiently(() => this.#skip(topic, to));
    this.options.subscription.onProgress?.(this.shard);
  }

  /** Monotonic time by which the positions of what was read over should be stored; `undefined`: they are. */
  unstoredUntil(): number | undefined {
    return this.#stored.size > 0 ? this.#readOverAt + readOverMs : undefined;
  }

  /** Stores the positions of what was read over. A crash before it only means reading over it again. */
  async store(): Promise<void> {
    for (const topic of [...this.#stored.keys()]) await this.#patiently(() => this.#skip(topic, this.position(topic)));
  }

  /** Tries every parked key that is due. */
  async drain(): Promise<void> {
    const due = this.#parked.due();
    for (const { topic, key } of due) {
      if (this.#stopped) return;
      await this.#patiently(() => this.#parked.drain(topic, key));
    }
    if (due.length > 0) this.options.subscription.onProgress?.(this.shard);
  }

  #nothingIn(rows: readonly Stored[]): boolean {
    return rows.every((row) => !this.#parked.has(row.topic, row.key) && decodeFor(this.options.subscription.types, row).kind === 'skip');
  }

  #readOver(topic: Topic, to: number): void {
    const position = this.position(topic);
    if (to <= position) return;
    if (this.#stored.size === 0) this.#readOverAt = this.options.clock.monotonic();
    if (!this.#stored.has(topic)) this.#stored.set(topic, position);
    this.#positions.set(topic, to);
  }

  async #runOnce(topic: Topic, rows: readonly Stored[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    try {
      await this.#attempt(topic, rows, new Set());
    } catch (error) {
      if (error instanceof Fenced || this.options.isTransient(error)) throw error;
      if (rows.length === 1) await this.#giveWay(topic, first, error);
      else {
        const half = Math.ceil(rows.length / 2);
        await this.#runOnce(topic, rows.slice(0, half));
        await this.#runOnce(topic, rows.slice(half));
      }
    }
  }

  /** The same again while the world is in trouble, until it works or we are stopped. */
  async #patiently(work: () => Promise<void>): Promise<void> {
    for (let failures = 1; ; failures++) {
      try {
        await work();
        return;
      } catch (error) {
        if (error instanceof Fenced || !this.options.isTransient(error) || this.#stopped) throw error;
        this.options.onTrouble(error, this.shard);
        const delayMs = Math.min(5_000, 50 * 2 ** Math.min(failures, 8));
        await new Promise<void>((resolve) => {
          this.options.clock.after(delayMs, resolve);
        });
      }
    }
  }

  /** One transaction over all the rows; once more without the facts that a failed one of their key must go before. */
  async #attempt(topic: Topic, rows: readonly Stored[], withheld: ReadonlySet<number>): Promise<void> {
    try {
      const park = await this.options.subscription.database.transaction(async (tx) => {
        const plan = this.#plan(await this.#fresh(tx, topic, rows), withheld);
        const exceptions = plan.deliver.length > 0 ? await this.options.subscription.handle(plan.deliver, tx, this.shard) : [];
        const behind = overtakers(exceptions, plan.deliver);
        if (behind.size > 0) throw new Overtaken(behind);
        const settled = this.#except(plan, exceptions, rows);
        await this.#settle(tx, settled, topic, rows.at(-1)?.position ?? 0);
        return settled.park;
      });
      this.#done(topic, rows, park);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      await this.#attempt(topic, rows, new Set([...withheld, ...error.positions]));
    }
  }

  /** One fact that makes the handler throw: parked with its failure counted, or dead. */
  async #giveWay(topic: Topic, row: Stored, error: unknown): Promise<void> {
    const { retry, subscription } = this.options;
    this.options.onTrouble(error, this.shard);
    const because = describe(error);
    const dead = error instanceof UnpublishableFact || retry.attemptsMax <= 1;
    const park: ToPark[] = dead ? [] : [{ ...row, failures: 1, dueInMs: retry.backoffMs(1), because }];
    const bury = dead ? [this.#parked.letter(row, 'HANDLER_FAILED', because, nameOf(row))] : [];
    await subscription.database.transaction(async (tx) => {
      await this.#fresh(tx, topic, [row]);
      await this.#settle(tx, { deliver: [], park, bury }, topic, row.position);
    });
    this.#done(topic, [row], park);
  }

  /** Moves on over positions that hold nothing to handle. */
  async #skip(topic: Topic, to: number): Promise<void> {
    await this.options.subscription.database.transaction((tx) => this.#settle(tx, { deliver: [], park: [], bury: [] }, topic, to));
    this.#moved(topic, to);
  }

  async #fresh(tx: T, topic: Topic, rows: readonly Stored[]): Promise<readonly Stored[]> {
    return (await this.options.store.fresh?.(tx, this.shard, topic, rows)) ?? rows;
  }

  #done(topic: Topic, rows: readonly Stored[], park: readonly ToPark[]): void {
    this.#parked.added(park);
    this.#moved(topic, rows.at(-1)?.position ?? 0);
  }

  #moved(topic: Topic, to: number): void {
    this.#positions.set(topic, to);
    this.#stored.delete(topic);
  }

  /** Sorts rows into what is handed over, what waits behind a parked key, and poison. */
  #plan(rows: readonly Stored[], withheld: ReadonlySet<number>): Plan {
    const deliver: Delivery[] = [];
    const park: ToPark[] = [];
    const bury: DeadLetter[] = [];
    for (const row of rows) {
      if (withheld.has(row.position) || this.#parked.has(row.topic, row.key)) {
        park.push({ ...row, failures: 0, dueInMs: 0, because: 'waits behind a parked fact of its key' });
        continue;
      }
      const decoded = decodeFor(this.options.subscription.types, row);
      const { topic, partition, position, key } = row;
      if (decoded.kind === 'poison') bury.push(this.#parked.letter(row, decoded.code, decoded.detail, decoded));
      else if (decoded.kind === 'fact') deliver.push({ topic, partition, position, key, fact: decoded.fact, said: decoded.said, failures: 0 });
    }
    return { deliver, park, bury };
  }

  /** The plan with what the handler said about single facts; a failed fact stands before those that wait behind it. */
  #except(plan: Plan, exceptions: readonly Exception[], rows: readonly Stored[]): Plan {
    const byPosition = new Map(rows.map((row) => [row.position, row]));
    const heads: ToPark[] = [];
    const dead: DeadLetter[] = [];
    for (const exception of exceptions) {
      const row = byPosition.get(exception.delivery.position);
      if (!row) continue;
      const { fact } = exception.delivery;
      if (exception.kind === 'never') dead.push(this.#parked.letter(row, exception.code, exception.because, { factId: fact.id, factType: fact.type }));
      else heads.push({ ...row, ...this.#parked.retryOf(exception, 0), because: exception.because });
    }
    return { deliver: plan.deliver, park: [...heads, ...plan.park], bury: [...plan.bury, ...dead] };
  }

  async #settle(tx: T, { park, bury }: Plan, topic: Topic, to: number): Promise<void> {
    const { store } = this.options;
    if (park.length > 0) await store.park(tx, this.shard, park);
    if (bury.length > 0) await this.#parked.bury(tx, bury);
    if (!(await store.advance(tx, this.shard, topic, this.#stored.get(topic) ?? this.position(topic), to)))
      throw new Fenced(`${this.shard.group} ${topic}/${this.shard.partition}`);
  }
}

/** A fact was handled although an earlier one of its key has to wait: the batch is run once more without it. */
class Overtaken extends Error {
  constructor(readonly positions: ReadonlySet<number>) {
    super('a later fact of a key was handled before an earlier one');
  }
}

/** Deliveries of this batch that stand behind a fact of their key that has to wait. */
function overtakers(exceptions: readonly Exception[], batch: readonly Delivery[]): ReadonlySet<number> {
  const firstWait = new Map<string, number>();
  for (const { kind, delivery } of exceptions) {
    if (kind !== 'never') firstWait.set(delivery.key, Math.min(delivery.position, firstWait.get(delivery.key) ?? Infinity));
  }
  return new Set(batch.filter(({ key, position }) => position > (firstWait.get(key) ?? Infinity)).map(({ position }) => position));
}
