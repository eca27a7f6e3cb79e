/** A shard that we own: its clock as last read, and its open windows with when to look at them. No waiting, no statements. */
import { type Clock, type ShardEnd } from '@tributary/fact-bus';
import { type DueWindow, type OwnedShard, type Patience, type WatchReading } from './gate.memory';

/** Windows of one transaction at most. */
const closeMax = 200;
/** When a close is tried again after a failure, ms; doubles up to the second. */
const [retryMs, retryMsMax] = [250, 30_000];

/** Every gap of a clock is a pause. */
const everyGap = -1;

export interface OpenWindow extends DueWindow {
  /** Where its partitions ended when it fell due; captured once, else a steady stream would keep it open for ever. */
  target?: ShardEnd;
  /** Closes that failed, and the clock's monotonic time before which none is tried again. */
  failures?: number;
  notBefore?: number;
}

export class WatchedShard implements OwnedShard {
  readonly partition: number;
  readonly epoch: number;
  readonly #windows = new Map<string, OpenWindow>();
  #watchMs = 0;
  /** The clock's monotonic time of the reading. */
  #readAt = 0;
  #stalled = false;
  #provenWatchMs = 0;
  /** Windows of the next close: one at a time after a failure, so that a window which cannot be closed holds no other up. */
  #batchMax = closeMax;

  constructor(
    { partition, epoch }: OwnedShard,
    reading: WatchReading,
    private readonly clock: Clock,
    private readonly pauseMs: number,
  ) {
    this.partition = partition;
    this.epoch = epoch;
    this.read(reading, clock.monotonic());
  }

  get open(): number {
    return this.#windows.size;
  }

  /** `provenAt`: when the bus was last proven readable; absent: too long ago. */
  read({ watchMs }: WatchReading, provenAt: number | undefined): void {
    this.#watchMs = watchMs;
    this.#readAt = this.clock.monotonic();
    this.#stalled = provenAt === undefined;
    if (provenAt !== undefined) this.#provenWatchMs = watchMs - Math.max(0, this.#readAt - provenAt);
  }

  /** The bus cannot be read: until it is proven readable, and the clock was read then, no time counts. */
  stall(): void {
    this.#stalled = true;
  }

  get patience(): Patience {
    return this.#stalled ? { pauseMs: everyGap, provenWatchMs: this.#provenWatchMs } : { pauseMs: this.pauseMs };
  }

  get stalled(): boolean {
    return this.#stalled;
  }

  /** What the shard's clock would say if it were asked now. */
  get watchNow(): number {
    return this.#watchMs + Math.min(this.clock.monotonic() - this.#readAt, this.pauseMs);
  }

  /** A window that was found in the memory; what is known of it already is newer. */
  found(window: DueWindow): void {
    if (!this.#windows.has(window.taskId)) this.#windows.set(window.taskId, { ...window });
  }

  /** These tasks were looked at: the windows that they have open now. */
  replace(taskIds: readonly string[], open: readonly DueWindow[]): void {
    const fresh = new Map(open.map((window) => [window.taskId, window]));
    for (const taskId of taskIds) {
      const [known, window] = [this.#windows.get(taskId), fresh.get(taskId)];
      if (!window) this.#windows.delete(taskId);
      // The same due time keeps its target: it was captured once.
      else if (known?.dueWatchMs !== window.dueWatchMs || known.round !== window.round) this.#windows.set(taskId, { ...window });
    }
  }

  /** In how many ms to look again, when nothing is heard until then; 0 or less: now. */
  get delayMs(): number {
    let delayMs = Infinity;
    for (const window of this.#windows.values()) if (!window.target || window.notBefore !== undefined) delayMs = Math.min(delayMs, this.#delayOf(window));
    return delayMs;
  }

  /** Windows that have fallen due and whose partitions' ends are to be asked for. */
  fallenDue(): readonly OpenWindow[] {
    const due = [...this.#windows.values()].filter((window) => this.#delayOf(window) <= 0);
    for (const window of due) delete window.notBefore;
    return due.filter(({ target }) => !target);
  }

  /** Something waits for its partitions to be read. */
  get waits(): boolean {
    return [...this.#windows.values()].some(({ target }) => target);
  }

  /** Windows to be closed next, in one transaction. */
  ready(reached: (target: ShardEnd, taskId: string) => boolean): readonly OpenWindow[] {
    return [...this.#windows.values()]
      .filter(({ target, taskId, notBefore }) => target && notBefore === undefined && reached(target, taskId))
      .slice(0, this.#batchMax);
  }

  /** A close went well. What did not close was not due yet: it falls due again, and its partitions are asked for again then. */
  looked(ready: readonly OpenWindow[], taskIds: readonly string[], open: readonly DueWindow[]): void {
    for (const window of ready) delete window.target;
    this.replace(taskIds, open);
    this.#batchMax = Math.min(closeMax, 2 * this.#batchMax);
  }

  /** A close has failed: what was in it is tried again one by one, and what fails alone waits longer and longer. */
  failed(ready: readonly OpenWindow[]): void {
    this.#batchMax = 1;
    for (const window of ready) {
      if (ready.length === 1) window.failures = (window.failures ?? 0) + 1;
      window.notBefore = this.clock.monotonic() + Math.min(retryMsMax, retryMs * 2 ** (window.failures ?? 0));
    }
  }

  #delayOf({ dueWatchMs, notBefore = -Infinity }: OpenWindow): number {
    return Math.max(dueWatchMs - this.watchNow, notBefore - this.clock.monotonic());
  }
}
