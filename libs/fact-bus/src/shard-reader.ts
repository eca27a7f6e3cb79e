/** Reads one shard: sleeps until it is woken or something parked is due, never polls. The same on every bus that stores its positions in PostgreSQL. */
import { type Topic } from '@tributary/facts';
import { Fenced } from './group-store';
import { type Shard, type ShardEnd, type Transaction } from './port';
import { type ShardRunnerOptions } from './runner-options';
import { type ShardFeed } from './shard-feed';
import { ShardRunner } from './shard-runner';

const batchMaxDefault = 500;

export class ShardReader<T extends Transaction, Feed extends ShardFeed = ShardFeed> {
  readonly #runner: ShardRunner<T>;
  #wake: (() => void) | undefined;
  #stopping = false;
  #done: Promise<void> = Promise.resolve();
  #failures = 0;
  #fenced = false;

  constructor(
    readonly feed: Feed,
    private readonly options: ShardRunnerOptions<T>,
    positions: ReadonlyMap<Topic, number>,
    /** The shard turned out to be somebody else's. */
    private readonly onFenced: (reader: ShardReader<T, Feed>) => void,
  ) {
    this.#runner = new ShardRunner(options, positions);
  }

  get shard(): Shard {
    return this.#runner.shard;
  }

  start(): void {
    this.#done = this.#run();
  }

  /** The feed may have something new. */
  wake(): void {
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
    // Who takes over need not read it over again; when it fails, they do.
    if (!this.#fenced) await this.#runner.store().catch(() => undefined);
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
          this.#fenced = true;
          this.onFenced(this);
          return;
        }
        this.options.onTrouble(error, this.shard);
        this.feed.retry();
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
    const unstored = this.#runner.unstoredUntil();
    if (unstored !== undefined && unstored <= this.options.clock.monotonic()) await this.#runner.store();
    // A wake-up during the question must not be lost.
    let woken = false;
    this.#wake = () => {
      woken = true;
    };
    const page = await this.feed.next((topic) => this.#runner.position(topic), this.options.subscription.batchMax ?? batchMaxDefault);
    this.#wake = undefined;
    if (page) {
      await this.#runner.run(page.topic, page.rows, page.to);
      this.feed.done(page);
    } else if (!this.#isWoken(woken)) await this.#sleep(this.#untilNext(due));
  }

  #untilNext(due: number | undefined): number | undefined {
    const next = Math.min(due ?? Infinity, this.#runner.unstoredUntil() ?? Infinity);
    return next === Infinity ? undefined : next - this.options.clock.monotonic();
  }

  /** The compiler believes that nothing changes during an await. */
  #isWoken(woken: boolean): boolean {
    return woken || this.#stopping;
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
