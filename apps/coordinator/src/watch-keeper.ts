/**
 * Watches the windows of the shards we own: beats their clocks while a window is open, sleeps until the next one is due, reads the
 * partitions to the end they had when it fell due, and closes it. Costs nothing while no window is open.
 */
import { type Clock, Fenced, type Shard, type Subscriber, type Transaction } from '@tributary/fact-bus';
import { type Closed, type CloseWindows } from './close-windows';
import { type DueWindow, type GateMemory, type Patience, type WatchReading } from './gate.memory';
import { restartParticipation } from './task-changes';
import { WatchedShard } from './watched-shard';

export interface WatchKeeperOptions<T extends Transaction> {
  readonly memory: GateMemory;
  readonly database: { transaction<R>(work: (tx: T) => Promise<R>): Promise<R> };
  readonly closer: CloseWindows<T>;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  readonly pauseMs: number;
  /** A bus that was not proven readable for so long is away, ms. */
  readonly readableMs: number;
  readonly onClosed: (closed: Closed) => void;
  readonly onTrouble: (error: unknown) => void;
}

/** A takeover that took longer than this is a pause: workers may have been away with the coordinator. */
const takeoverPauseMs = 500;
/** A bus that could not be read is asked again after so long, ms. */
const busRetryMs = 500;
/** Windows that are loaded at once when a shard is taken over; the rest is loaded a while later. */
const [loadMax, loadAgainMs] = [100_000, 10_000];

export class WatchKeeper<T extends Transaction> {
  readonly #shards = new Map<number, WatchedShard>();
  #subscriber: Subscriber | undefined;
  #cancelTimer: (() => void) | undefined;
  #cancelBeat: (() => void) | undefined;
  #stopped = false;
  /** The clock's monotonic time before which a bus that is away is not asked again. */
  #askAgainAt = -Infinity;
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: WatchKeeperOptions<T>) {}

  /** To be called once, as soon as there is a subscriber. */
  reads(subscriber: Subscriber): void {
    this.#subscriber = subscriber;
    this.#schedule();
  }

  readonly onAssigned = async (shards: readonly Shard[], tx: Transaction): Promise<void> => {
    const { memory, clock, pauseMs, onTrouble } = this.options;
    const readings = await memory.takeOver(tx, shards, takeoverPauseMs);
    await restartParticipation(memory, tx, readings);
    tx.afterCommit(() => {
      for (const shard of shards) {
        const reading = readings.find(({ partition }) => partition === shard.partition);
        if (reading) this.#shards.set(shard.partition, new WatchedShard(shard, reading, clock, pauseMs));
        // The clock knows a newer owner than the bus does: only a bus that has lost its memory says so.
        else onTrouble(new Fenced(`coordinator/${shard.partition}: its clock has had an epoch of ${shard.epoch} or more already`));
      }
      void this.#load(shards.map(({ partition }) => partition));
    });
  };

  /** Advances once before the shards go, so that a graceful release loses no watch time. */
  readonly onReleasing = async (shards: readonly Shard[], tx: Transaction): Promise<void> => {
    if (this.#provenAt() === undefined) return;
    const watched = shards.filter(({ partition }) => !this.#shards.get(partition)?.stalled);
    if (watched.length > 0) await this.options.memory.advance(tx, watched, this.options.pauseMs);
  };

  readonly onLost = (shards: readonly Shard[]): void => {
    for (const { partition, epoch } of shards) if (this.#shards.get(partition)?.epoch === epoch) this.#shards.delete(partition);
  };

  readonly onProgress = ({ partition }: Shard): void => {
    const shard = this.#shards.get(partition);
    if (shard?.waits) this.#later(() => this.#close([shard]));
  };

  /** How long the clock of a shard may stand now without that being a pause. */
  patienceWith(partition: number): Patience {
    const shard = this.#shards.get(partition);
    if (this.#provenAt() === undefined) shard?.stall();
    return shard?.patience ?? { pauseMs: this.options.pauseMs };
  }

  /** Facts were recorded: what they say about when to look again. */
  recorded(partition: number, watch: WatchReading, taskIds: readonly string[], due: readonly DueWindow[]): void {
    const shard = this.#shards.get(partition);
    if (!shard) return;
    shard.read(watch, this.#provenAt());
    shard.replace(taskIds, due);
    this.#schedule();
  }

  /** How many windows are open here. */
  get open(): number {
    return [...this.#shards.values()].reduce((sum, { open }) => sum + open, 0);
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
    const { memory, clock, onTrouble } = this.options;
    const again = (afterMs: number): void => {
      clock.after(afterMs, () => {
        if (!this.#stopped) void this.#load(partitions);
      });
    };
    try {
      const due = await memory.nextDue(partitions, loadMax);
      for (const window of due) this.#shards.get(window.partition)?.found(window);
      this.#schedule();
      if (due.length === loadMax) again(loadAgainMs);
    } catch (error) {
      onTrouble(error);
      again(1_000);
    }
  }

  /** When the bus was last proven readable, monotonic; undefined when that is too long ago. */
  #provenAt(): number | undefined {
    const { clock, readableMs } = this.options;
    const now = clock.monotonic();
    const provenAt = this.#subscriber?.readableAt() ?? now;
    return now - provenAt <= readableMs ? provenAt : undefined;
  }

  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (this.#stopped || !this.#subscriber) return;
    const { clock, heartbeatMs } = this.options;
    const delayMs = Math.max(Math.min(...[...this.#shards.values()].map((shard) => shard.delayMs)), this.#askAgainAt - clock.monotonic());
    if (delayMs < Infinity)
      this.#cancelTimer = clock.after(Math.max(0, Math.ceil(delayMs)), () => {
        this.#later(() => this.#due());
      });
    if (this.open > 0)
      this.#cancelBeat ??= clock.after(heartbeatMs, () => {
        this.#later(() => this.#beat());
      });
  }

  /** Windows have fallen due: where do their partitions end now? One request for all of them. */
  async #due(): Promise<void> {
    const due = [...this.#shards.values()].map((shard) => ({ shard, windows: shard.fallenDue() })).filter(({ windows }) => windows.length > 0);
    try {
      const ends = due.length > 0 ? await this.#subscriber?.ends(due.map(({ shard }) => shard.partition)) : undefined;
      for (const { shard, windows } of due) {
        const target = ends?.get(shard.partition);
        if (target) for (const window of windows) window.target = target;
      }
    } catch (error) {
      // A bus that is away cannot be read, so nothing closes.
      this.#askAgainAt = this.options.clock.monotonic() + busRetryMs;
      this.options.onTrouble(error);
    }
    await this.#close([...this.#shards.values()]);
  }

  async #close(shards: readonly WatchedShard[]): Promise<void> {
    for (const shard of shards) while (await this.#closeSome(shard));
    this.#schedule();
  }

  /** Closes what is due and read to its target, as much as goes into one transaction. Answers whether to look for more. */
  async #closeSome(shard: WatchedShard): Promise<boolean> {
    const { closer, onClosed, onTrouble } = this.options;
    const ready = shard.ready((target, taskId) => this.#subscriber?.reached(shard.partition, target, taskId) ?? false);
    if (ready.length === 0 || this.#stopped || this.#shards.get(shard.partition) !== shard) return false;
    try {
      const ids = ready.map(({ taskId }) => taskId);
      const result = await closer.close(shard, ids, this.patienceWith(shard.partition));
      shard.read(result.watch, this.#provenAt());
      shard.looked(ready, result.taskIds, result.due);
      onClosed(result);
      return true;
    } catch (error) {
      if (error instanceof Fenced) this.#shards.delete(shard.partition);
      else {
        shard.failed(ready);
        onTrouble(error);
      }
      return false;
    }
  }

  /** All clocks in one statement, while the bus is proven readable; else they stand still. */
  async #beat(): Promise<void> {
    this.#cancelBeat = undefined;
    try {
      const shards = await this.#watched();
      if (shards.length > 0) await this.#advance(shards);
    } finally {
      this.#schedule();
    }
  }

  /** The shards whose windows are watched now: the bus can be read, and what we have told is on it and not in an outbox. */
  async #watched(): Promise<readonly WatchedShard[]> {
    const subscriber = this.#subscriber;
    if (!subscriber) return [];
    const shards = [...this.#shards.values()].filter(({ open }) => open > 0);
    const unshipped = shards.filter(({ partition }) => !subscriber.outboxShipped(partition)).map(({ partition }) => partition);
    // The answer is as old as the latest look at the ends.
    if (unshipped.length > 0) await subscriber.ends(unshipped).catch(this.options.onTrouble);
    if (this.#provenAt() !== undefined) return shards.filter(({ partition }) => subscriber.outboxShipped(partition));
    for (const shard of shards) shard.stall();
    return [];
  }

  async #advance(shards: readonly WatchedShard[]): Promise<void> {
    const { memory, database, pauseMs } = this.options;
    const [running, stalled] = [shards.filter((shard) => !shard.stalled), shards.filter((shard) => shard.stalled)];
    const { readings, due } = await database.transaction(async (tx) => {
      const found: WatchReading[] = running.length > 0 ? [...(await memory.advance(tx, running, pauseMs))] : [];
      for (const shard of stalled) {
        const { pauseMs: none, ...proven } = shard.patience;
        found.push(...(await memory.advance(tx, [shard], none)).map((reading) => ({ ...reading, ...proven })));
      }
      return { readings: found, due: await restartParticipation(memory, tx, found) };
    });
    for (const reading of readings) {
      const shard = this.#shards.get(reading.partition);
      if (!shard) continue;
      shard.read(reading, this.#provenAt());
      const moved = due.filter(({ partition }) => partition === reading.partition);
      shard.replace(
        moved.map(({ taskId }) => taskId),
        moved,
      );
    }
  }
}
