/**
 * Claims runs up to the free capacity and holds them while they are driven. Never looks without a reason: somebody woke it (a
 * handler's commit, a run that made room, shards that came over), or a row that was seen becomes free about now.
 */
import { type Clock, type Log } from '@tributary/service-kit';
import { type Database } from '@tributary/persistence';
import { nothingPublished, type PublishedConfig } from '../definition/worker-config';
import { type ClaimedRun, keyOf, type RunKey } from '../runs/run';
import { type RunMemory } from '../runs/run.memory';
import { Interrupted } from './interrupted';
import { type Recorder } from './recorder';
import { type Drive, type RunDriver } from './run-driver';
import { type WorkerMetrics } from './worker-metrics';

export interface RunExecutorOptions {
  readonly database: Database;
  readonly memory: RunMemory;
  readonly driver: RunDriver;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: WorkerMetrics;
  /** Of this process, a UUID: what it claims is its own. */
  readonly owner: string;
  readonly leaseMs: number;
  /** Runs that are being considered at once. Those that wait for their scan are not among them: a long scan keeps nobody from coming forward. */
  readonly capacity: number;
  /** Runs held at once, waiting ones included. */
  readonly heldMax: number;
}

/** From claimed to forward (declined, or taking part) to its scan. */
type Stage = 'coming' | 'waiting' | 'scanning';

interface Held {
  readonly run: ClaimedRun;
  readonly controller: AbortController;
  stage: Stage;
  /** The row says that its scan is under way. */
  marked: boolean;
  done: Promise<void>;
}

interface Found {
  readonly runs: readonly ClaimedRun[];
  readonly configs: ReadonlyMap<string, PublishedConfig>;
  readonly dueMs: number | undefined;
}

const troubleMs = 1_000;

export class RunExecutor {
  readonly #held = new Map<string, Held>();
  #open = false;
  #looking: Promise<void> | undefined;
  #again = false;
  #cancelTimer: () => void = () => undefined;
  #cancelBeat: (() => void) | undefined;
  /** A claim whose answer was lost may hold rows that nobody drives; their lease is over by then, ms of monotonic time. */
  #doubtUntil = 0;

  constructor(private readonly options: RunExecutorOptions) {}

  /** Before, nothing is claimed: what was closed long ago should be known first. */
  start(): void {
    this.#open = true;
    this.wake();
  }

  /** Something may be free. */
  wake(): void {
    this.#again = true;
    if (!this.#open || this.#looking) return;
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (this.#again) this.wake();
    });
  }

  /** Nobody wants these any more; those that are not held here are none of our business. */
  cancel(runs: readonly RunKey[]): void {
    for (const run of runs) this.#held.get(keyOf(run))?.controller.abort(new Interrupted('CANCELLED'));
  }

  /** Claims no more, lets what runs finish for a while, hands the rest back. */
  async stop(graceMs: number): Promise<void> {
    this.#open = false;
    this.#cancelTimer();
    await this.#looking;
    await this.#within(graceMs);
    for (const { controller } of this.#held.values()) controller.abort(new Interrupted('STOPPING'));
    await this.#within(2_000);
    this.#cancelBeat?.();
    await this.options.recorder.stop();
  }

  /** As a crash leaves it: nothing is handed back, nothing more is recorded. For tests and the simulation. */
  abandon(): void {
    this.#open = false;
    this.#cancelTimer();
    this.#cancelBeat?.();
    this.#cancelBeat = undefined;
    this.options.recorder.abandon();
    for (const { controller } of this.#held.values()) controller.abort(new Interrupted('LOST'));
    this.#held.clear();
  }

  async #within(timeMs: number): Promise<void> {
    const { promise: over, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.options.clock.after(timeMs, () => {
      resolve(undefined);
    });
    await Promise.race([over, Promise.all([...this.#held.values()].map(({ done }) => done))]);
    cancel();
  }

  async #look(): Promise<void> {
    while (this.#again && this.#isOpen()) {
      this.#again = false;
      const free = this.#free();
      // Whoever comes forward or finishes looks again.
      if (free <= 0) return;
      try {
        const { runs, configs, dueMs } = await this.#claim(free);
        for (const run of runs) this.#hold(run, configs.get(run.tenant) ?? nothingPublished);
        if (runs.length === free) this.#again = true;
        this.#lookIn(this.#orDoubt(dueMs));
      } catch (error) {
        this.options.log.warn({ err: error }, 'cannot look for runs; trying again');
        this.#doubtUntil = this.options.clock.monotonic() + this.options.leaseMs + 1;
        this.#lookIn(troubleMs);
      }
    }
  }

  #claim(limit: number): Promise<Found> {
    const { database, memory, owner, leaseMs } = this.options;
    return database.transaction(async (tx) => {
      const runs = await memory.claim(tx, { owner, limit, leaseMs });
      const configs = new Map<string, PublishedConfig>();
      for (const tenant of new Set(runs.map((run) => run.tenant))) configs.set(tenant, (await memory.config(tx, tenant)) ?? nothingPublished);
      const dueMs = runs.length === limit ? undefined : await memory.nextDue(tx, owner);
      return { runs, configs, dueMs };
    });
  }

  #hold(run: ClaimedRun, published: PublishedConfig): void {
    const { driver, metrics } = this.options;
    const key = keyOf(run);
    // A lease of our own that ended while we were busy: the earlier attempt is over.
    this.#held.get(key)?.controller.abort(new Interrupted('LOST'));
    const controller = new AbortController();
    const held: Held = { run, controller, stage: 'coming', marked: false, done: Promise.resolve() };
    this.#held.set(key, held);
    held.done = driver.drive({ run, published, controller, ...this.#stages(held) }).then(() => {
      if (this.#held.get(key) !== held) return;
      this.#held.delete(key);
      metrics.held.set(this.#held.size);
      this.wake();
    });
    metrics.held.set(this.#held.size);
    this.#cancelBeat ??= this.#beatLater();
  }

  #stages(held: Held): Pick<Drive, 'onForward' | 'onBegun' | 'underway'> {
    return {
      onForward: (underway) => {
        held.stage = 'waiting';
        held.marked = underway;
        this.wake();
      },
      onBegun: () => {
        held.stage = 'scanning';
        if (!held.marked) this.#beat(held);
      },
      underway: () => held.stage === 'scanning',
    };
  }

  #free(): number {
    const coming = [...this.#held.values()].filter(({ stage }) => stage === 'coming').length;
    return Math.min(this.options.capacity - coming, this.options.heldMax - this.#held.size);
  }

  /** What `nextDue` leaves out as ours, and we do not know of, becomes free then. */
  #orDoubt(dueMs: number | undefined): number | undefined {
    const doubtMs = this.#doubtUntil - this.options.clock.monotonic();
    return doubtMs <= 0 ? dueMs : Math.min(dueMs ?? Infinity, doubtMs);
  }

  #lookIn(delayMs: number | undefined): void {
    this.#cancelTimer();
    if (delayMs === undefined || !this.#open) return;
    this.#cancelTimer = this.options.clock.after(delayMs, () => {
      this.wake();
    });
  }

  /** One statement renews all leases; none while nothing is held. */
  #beatLater(): () => void {
    return this.options.clock.after(this.options.leaseMs / 3, () => {
      this.#cancelBeat = undefined;
      for (const held of this.#held.values()) this.#beat(held);
      if (this.#held.size > 0) this.#cancelBeat = this.#beatLater();
    });
  }

  #beat({ run, controller, stage }: Held): void {
    this.options.recorder
      .record({ key: run, attempt: run.attempt, change: { kind: 'beat', underway: stage === 'scanning' } })
      .then((ours) => {
        if (!ours) controller.abort(new Interrupted('LOST'));
      })
      .catch((error: unknown) => {
        this.options.log.warn({ err: error, taskId: run.taskId }, 'a lease could not be renewed');
      });
  }

  /** A method, because the compiler believes that nothing changes during an await. */
  #isOpen(): boolean {
    return this.#open;
  }
}
