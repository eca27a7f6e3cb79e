/** Reads one shard of an in-memory log: a turn whenever something is new or due. */
import { type Fact, type Topic } from '@tributary/facts';
import { type Clock } from '../clock';
import { Fenced } from '../group-store';
import { type Shard, type Subscription } from '../port';
import { ShardRunner } from '../shard-runner';
import { InMemoryGroupStore, type InMemoryLog, type UndoTransaction } from './in-memory.log';
import { type BusOptions } from '../options';

export interface MemoryReaderOptions extends BusOptions {
  readonly log: InMemoryLog;
  /** From 0 up to, but not, 1. Absent: full batches at once. */
  readonly random?: () => number;
  /** The longest delay of a delivery with `random`, ms. */
  readonly delayMaxMs?: number;
}

export class MemoryReader {
  readonly runner: ShardRunner<UndoTransaction>;
  readonly #clock: Clock;
  #turn: Promise<void> | undefined;
  #again = false;
  #over = false;
  #cancel: (() => void) | undefined;

  constructor(
    private readonly subscription: Subscription<UndoTransaction>,
    private readonly options: Required<BusOptions> & MemoryReaderOptions,
    shard: Shard,
    publish: (tx: UndoTransaction, facts: readonly Fact[]) => void,
    /** The position or the epoch is not what it should be: somebody else's shard, or a commit that we did not hear of. */
    private readonly onFenced: () => void,
  ) {
    const { log, clock, retry, newId, isTransient, onTrouble } = options;
    const store = new InMemoryGroupStore(log, subscription.topics, clock);
    const positions = new Map(subscription.topics.map((topic): [Topic, number] => [topic, log.place(shard.group, topic, shard.partition).position]));
    this.#clock = clock;
    this.runner = new ShardRunner({ subscription, shard, store, publish, clock, retry, newId, isTransient, onTrouble }, positions);
  }

  async start(): Promise<void> {
    await this.runner.load();
    this.wake();
  }

  wake(): void {
    if (this.#over) return;
    this.#again = true;
    if (this.#turn) return;
    const { random, delayMaxMs = 20 } = this.options;
    const begin = (): void => {
      this.#cancel = undefined;
      if (this.#over || this.#turn) return;
      this.#turn = this.#run().finally(() => {
        this.#turn = undefined;
        // Something came after the last look and before this line.
        if (this.#again) this.wake();
      });
    };
    this.#cancel?.();
    this.#cancel = this.#clock.after(random ? Math.floor(random() * delayMaxMs) : 0, begin);
  }

  async stop(): Promise<void> {
    this.kill();
    await this.#turn;
    await this.runner.store().catch(() => undefined);
  }

  kill(): void {
    this.#over = true;
    this.runner.stop();
    this.#cancel?.();
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#isOver()) {
        this.#again = false;
        await this.runner.drain();
        if ((this.runner.unstoredUntil() ?? Infinity) <= this.#clock.monotonic()) await this.runner.store();
        for (const topic of this.subscription.topics) await this.#read(topic);
      }
    } catch (error) {
      this.#again = false;
      if (error instanceof Fenced) {
        this.onFenced();
        return;
      }
      this.options.onTrouble(error, this.runner.shard);
      this.#wakeIn(100);
      return;
    }
    const due = Math.min(this.runner.nextDueAt() ?? Infinity, this.runner.unstoredUntil() ?? Infinity);
    if (due !== Infinity) this.#wakeIn(Math.max(1, due - this.#clock.monotonic()));
  }

  #wakeIn(delayMs: number): void {
    if (this.#isOver()) return;
    this.#cancel?.();
    this.#cancel = this.#clock.after(delayMs, () => {
      this.wake();
    });
  }

  async #read(topic: Topic): Promise<void> {
    const { random } = this.options;
    for (;;) {
      const position = this.runner.position(topic);
      const fresh = this.options.log.rows(topic, this.runner.shard.partition).filter((row) => row.position > position);
      if (fresh.length === 0 || this.#isOver()) return;
      const most = this.subscription.batchMax ?? 500;
      await this.runner.run(topic, fresh.slice(0, random ? 1 + Math.floor(random() * Math.min(most, fresh.length)) : most));
    }
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  #isOver(): boolean {
    return this.#over;
  }
}
