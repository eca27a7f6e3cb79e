/**
 * Watches the windows of the shards we own: beats their clocks while a window is open, sleeps until the next one is due, reads the
 * partitions to the end they had when it fell due, and closes it. Costs nothing while no window is open.
 */
import { type Clock, Fenced, type Shard, type ShardEnd, type Subscriber, type Transaction } from '@tributary/fact-bus';
import { type Closed, type CloseWindows } from './close-windows';
import { type DueWindow, type GateMemory, type OwnedShard, type WatchReading } from './gate.memory';
import { restartParticipation } from './task-changes';

export interface WatchKeeperOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly closer: CloseWindows<T>;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  readonly pauseMs: number;
  readonly onClosed: (closed: Closed) => void;
  readonly onTrouble: (error: unknown) => void;
}

/** A takeover that took longer than this is a pause: workers may have been away with the coordinator. */
const takeoverPauseMs = 500;
/** Windows of one transaction at most. */
const closeMax = 200;

interface OpenWindow extends DueWindow {
  /** Where its partitions ended when it fell due; captured once, else a steady stream would keep it open for ever. */
  target?: ShardEnd;
}

interface Owned extends OwnedShard {
  watchMs: number;
  /** The clock's monotonic time of the reading. */
  readAt: number;
  readonly windows: Map<string, OpenWindow>;
  closing: boolean;
}

export class WatchKeeper<T extends Transaction> {
  readonly #shards = new Map<number, Owned>();
  #subscriber: Subscriber | undefined;
  #cancelTimer: (() => void) | undefined;
  #cancelBeat: (() => void) | undefined;
  #stopped = false;
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: WatchKeeperOptions<T>) {}

  /** To be called once, before facts are handled. */
  reads(subscriber: Subscriber): void {
    this.#subscriber = subscriber;
    this.#schedule();
  }

  readonly onAssigned = async (shards: readonly Shard[], tx: Transaction): Promise<void> => {
    const { memory } = this.options;
    const readings = await memory.takeOver(tx, shards, takeoverPauseMs);
    await restartParticipation(memory, tx, readings);
    tx.afterCommit(() => {
      for (const { partition, epoch } of shards) {
        const reading = readings.find((candidate) => candidate.partition === partition);
        if (reading)
          this.#shards.set(partition, {
            partition,
            epoch,
            watchMs: reading.watchMs,
            readAt: this.options.clock.monotonic(),
            windows: new Map(),
            closing: false,
          });
      }
      void this.#load(shards.map(({ partition }) => partition));
    });
  };

  /** Advances once before the shards go, so that a graceful release loses no watch time. */
  readonly onReleasing = async (shards: readonly Shard[], tx: Transaction): Promise<void> => {
    await this.options.memory.advance(tx, shards, this.options.pauseMs);
  };

  readonly onLost = (shards: readonly Shard[]): void => {
    for (const { partition, epoch } of shards) if (this.#shards.get(partition)?.epoch === epoch) this.#shards.delete(partition);
  };

  readonly onProgress = ({ partition }: Shard): void => {
    const shard = this.#shards.get(partition);
    if (shard && [...shard.windows.values()].some(({ target }) => target)) this.#later(() => this.#close(shard));
  };

  /** Facts were recorded: what they say about when to look again. */
  recorded(partition: number, watch: WatchReading, taskIds: readonly string[], due: readonly DueWindow[]): void {
    const shard = this.#shards.get(partition);
    if (!shard) return;
    this.#read(shard, watch);
    this.#replace(shard, taskIds, due);
    this.#schedule();
  }

  /** How many windows are open here. */
  get open(): number {
    return [...this.#shards.values()].reduce((sum, { windows }) => sum + windows.size, 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelBeat?.();
    await this.#work;
  }

  /** One thing at a time: timers, beats and progress do not overtake each other. */
  #later(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(async () => {
        if (!this.#stopped) await work();
      })
      .catch((error: unknown) => {
        this.options.onTrouble(error);
      });
  }

  async #load(partitions: readonly number[]): Promise<void> {
    try {
      const due = await this.options.memory.nextDue(partitions, 100_000);
      for (const window of due) {
        const shard = this.#shards.get(window.partition);
        if (shard && !shard.windows.has(window.taskId)) shard.windows.set(window.taskId, { ...window });
      }
      this.#schedule();
    } catch (error) {
      this.options.onTrouble(error);
      this.options.clock.after(1_000, () => {
        if (!this.#stopped) void this.#load(partitions);
      });
    }
  }

  #read(shard: Owned, { watchMs }: WatchReading): void {
    shard.watchMs = watchMs;
    shard.readAt = this.options.clock.monotonic();
  }

  #replace(shard: Owned, taskIds: readonly string[], due: readonly DueWindow[]): void {
    const fresh = new Map(due.map((window) => [window.taskId, window]));
    for (const taskId of taskIds) {
      const [known, window] = [shard.windows.get(taskId), fresh.get(taskId)];
      if (!window) shard.windows.delete(taskId);
      // The same due time keeps its target: it was captured once.
      else if (known?.dueWatchMs !== window.dueWatchMs || known.round !== window.round) shard.windows.set(taskId, { ...window });
    }
  }

  /** What the shard's clock would say if it were asked now. */
  #watchNow({ watchMs, readAt }: Owned): number {
    return watchMs + Math.min(this.options.clock.monotonic() - readAt, this.options.pauseMs);
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#stopped || !this.#subscriber) return;
    let delayMs = Infinity;
    for (const shard of this.#shards.values()) {
      for (const { dueWatchMs, target } of shard.windows.values()) if (!target) delayMs = Math.min(delayMs, dueWatchMs - this.#watchNow(shard));
    }
    if (delayMs < Infinity)
      this.#cancelTimer = this.options.clock.after(Math.max(0, Math.ceil(delayMs)), () => {
        this.#later(() => this.#due());
      });
    if (this.open > 0)
      this.#cancelBeat ??= this.options.clock.after(this.options.heartbeatMs, () => {
        this.#later(() => this.#beat());
      });
  }

  /** Windows have fallen due: where do their partitions end now? One request for all of them. */
  async #due(): Promise<void> {
    const due = [...this.#shards.values()].flatMap((shard) =>
      [...shard.windows.values()].filter(({ target, dueWatchMs }) => !target && dueWatchMs <= this.#watchNow(shard)).map((window) => ({ shard, window })),
    );
    try {
      const partitions = [...new Set(due.map(({ shard }) => shard.partition))];
      const ends = partitions.length > 0 ? await this.#subscriber?.ends(partitions) : undefined;
      for (const { shard, window } of due) {
        const target = ends?.get(shard.partition);
        if (target) window.target = target;
      }
      for (const shard of new Set(due.map((found) => found.shard))) await this.#close(shard);
    } catch (error) {
      // A bus that is away cannot be read, so nothing closes.
      this.options.onTrouble(error);
      this.options.clock.after(500, () => {
        this.#schedule();
      });
      return;
    }
    this.#schedule();
  }

  /** Closes what is due and read to its target. */
  async #close(shard: Owned): Promise<void> {
    const ready = [...shard.windows.values()]
      .filter(({ target, taskId }) => target && this.#subscriber?.reached(shard.partition, target, taskId))
      .slice(0, closeMax);
    if (ready.length === 0 || this.#shards.get(shard.partition) !== shard) return;
    try {
      const result = await this.options.closer.close(
        shard,
        ready.map(({ taskId }) => taskId),
      );
      this.#read(shard, result.watch);
      for (const window of ready) delete window.target;
      this.#replace(shard, result.taskIds, result.due);
      this.options.onClosed(result);
    } catch (error) {
      if (error instanceof Fenced) this.#shards.delete(shard.partition);
      else {
        for (const window of ready) delete window.target;
        this.options.onTrouble(error);
        await new Promise<void>((resolve) => {
          this.options.clock.after(250, resolve);
        });
      }
    }
    this.#schedule();
  }

  /** All clocks in one statement, while the bus is proven readable; else they stand still. */
  async #beat(): Promise<void> {
    this.#cancelBeat = undefined;
    try {
      await this.#advance();
    } finally {
      this.#schedule();
    }
  }

  async #advance(): Promise<void> {
    const { memory, database, clock, heartbeatMs, pauseMs } = this.options;
    const shards = [...this.#shards.values()].filter(({ windows }) => windows.size > 0);
    const readable = clock.monotonic() - (this.#subscriber?.readableAt() ?? -Infinity) <= heartbeatMs;
    if (readable && shards.length > 0) {
      const { readings, due } = await database.transaction(async (tx) => {
        const found = await memory.advance(tx, shards, pauseMs);
        return { readings: found, due: await restartParticipation(memory, tx, found) };
      });
      for (const reading of readings) {
        const shard = this.#shards.get(reading.partition);
        if (!shard) continue;
        this.#read(shard, reading);
        const moved = due.filter(({ partition }) => partition === reading.partition);
        this.#replace(
          shard,
          moved.map(({ taskId }) => taskId),
          moved,
        );
      }
    }
  }
}
