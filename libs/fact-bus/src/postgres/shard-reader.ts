/** Reads one shard of the fact log: sleeps until it is woken or something parked is due, never polls. */
import { type Topic } from '@tributary/facts';
import { type Stored } from '../decode';
import { Fenced } from '../group-store';
import { type Shard, type ShardEnd } from '../port';
import { type ShardRunnerOptions } from '../runner-options';
import { ShardRunner } from '../shard-runner';
import { type BusDatabase, type SqlTransaction } from './bus-database';
import { fetchSql } from './sql/fetch.sql';

/** Bytes of a batch at most, so that a reader's memory is bounded. */
const batchBytesMax = 4 * 1024 * 1024;

export class ShardReader {
  readonly #runner: ShardRunner<SqlTransaction>;
  /** Topics that may have something new. */
  readonly #dirty: Set<Topic>;
  #wake: (() => void) | undefined;
  #stopping = false;
  #done: Promise<void> = Promise.resolve();
  #failures = 0;

  constructor(
    private readonly database: BusDatabase,
    private readonly options: ShardRunnerOptions<SqlTransaction>,
    positions: ReadonlyMap<Topic, number>,
    /** The shard turned out to be somebody else's. */
    private readonly onFenced: (reader: ShardReader) => void,
  ) {
    this.#runner = new ShardRunner(options, positions);
    this.#dirty = new Set(options.subscription.topics);
  }

  get shard(): Shard {
    return this.#runner.shard;
  }

  start(): void {
    this.#done = this.#run();
  }

  wake(topic: Topic): void {
    this.#dirty.add(topic);
    this.#wake?.();
  }

  /** A replay has parked something: read the queues again. */
  async reload(): Promise<void> {
    await this.#runner.load();
    this.#wake?.();
  }

  position(topic: Topic): number {
    return this.#runner.position(topic);
  }

  reached(end: ShardEnd, key?: string): boolean {
    return this.#runner.reached(end, key);
  }

  /** Resolves when what is under way is done. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#runner.stop();
    this.#wake?.();
    await this.#done;
  }

  async #run(): Promise<void> {
    let loaded = false;
    while (!this.#stopping) {
      try {
        if (!loaded) await this.#runner.load();
        loaded = true;
        await this.#step();
        this.#failures = 0;
      } catch (error) {
        if (error instanceof Fenced) {
          this.onFenced(this);
          return;
        }
        this.options.onTrouble(error, this.shard);
        for (const topic of this.options.subscription.topics) this.#dirty.add(topic);
        this.#failures++;
        await this.#sleep(Math.min(5_000, 100 * 2 ** Math.min(this.#failures, 6)));
      }
    }
  }

  async #step(): Promise<void> {
    const due = this.#runner.nextDueAt();
    if (due !== undefined && due <= this.options.clock.monotonic()) {
      await this.#runner.drain();
      return;
    }
    const [topic] = this.#dirty;
    if (topic === undefined) await this.#sleep(due === undefined ? undefined : due - this.options.clock.monotonic());
    else await this.#read(topic);
  }

  async #read(topic: Topic): Promise<void> {
    this.#dirty.delete(topic);
    const limit = this.options.subscription.batchMax ?? 500;
    const { partition } = this.shard;
    const rows = await this.database.query<Pick<Stored, 'position' | 'key' | 'body'>>(fetchSql, [
      topic,
      partition,
      this.#runner.position(topic),
      limit,
      batchBytesMax,
    ]);
    if (rows.length === 0) return;
    // At the end of the page, or of the bytes, there may be more.
    const bytes = rows.reduce((sum, { body }) => sum + body.length, 0);
    if (rows.length === limit || bytes * 2 > batchBytesMax) this.#dirty.add(topic);
    await this.#runner.run(
      topic,
      rows.map((row) => ({ ...row, topic, partition })),
    );
  }

  #sleep(delayMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      let cancel: (() => void) | undefined = undefined;
      const wake = (): void => {
        this.#wake = undefined;
        cancel?.();
        resolve();
      };
      this.#wake = wake;
      if (delayMs !== undefined) cancel = this.options.clock.after(Math.max(1, delayMs), wake);
      if (this.#stopping) wake();
    });
  }
}
