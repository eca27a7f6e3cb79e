/** A worker's service without its surroundings: what it listens to, remembers, runs and tells. Every port is an argument. */
import { type FactBus, type Handler, type Subscriber } from '@tributary/fact-bus';
import { type Topic } from '@tributary/facts';
import { type Database } from '@tributary/persistence';
import { type Clock, type Identity, type Log, type Registry } from '@tributary/service-kit';
import { type Telemetry } from '@tributary/telemetry';
import { type WorkerSummary } from '../definition/worker-definition';
import { type ShownRun } from '../runs/run';
import { type RunFilter, type RunMemory } from '../runs/run.memory';
import { CatchUp } from './catch-up';
import { configFactsHandler } from './config-facts.handler';
import { gateFactsHandler, gateFactTypes } from './gate-facts.handler';
import { Recorder } from './recorder';
import { RunDriver } from './run-driver';
import { RunExecutor } from './run-executor';
import { RunFacts } from './run-facts';
import { type ScanFailure, type ScanRunner } from './scan-runner';
import { WorkerMetrics } from './worker-metrics';

export interface WorkerOptions {
  /** `sql-worker`: also its consumer group and the last part of its facts' source. */
  readonly service: string;
  readonly summary: WorkerSummary;
  readonly database: Database;
  readonly memory: RunMemory;
  readonly bus: FactBus;
  readonly runner: ScanRunner;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly telemetry: Telemetry;
  readonly log: Log;
  readonly metrics: Registry;
  /** A holder that is silent for so long has lost its runs; default 5,000. */
  readonly leaseMs?: number;
  /** What `SubTaskStarted` promises; 2,000 to 600,000, default 10,000. */
  readonly heartbeatMs?: number;
  /** Tries of one run that may go wrong; default 3. */
  readonly attemptsMax?: number;
  /** Runs considered at once; default twice what the runner runs at once, so that recording one overlaps looking at another. */
  readonly capacity?: number;
  readonly retryMs?: (failures: number, failure: ScanFailure) => number;
}

/** Facts are read again for at most 7 days; a run is remembered longer than that. */
const keptMs = 8 * 86_400_000;
const pruneEvery = 1_000;
const pruneMax = 5_000;
/** Of one process: each waiting run costs a lease that is renewed with all the others'. */
const heldMax = 256;
const catchUpMs = 5_000;

export class Worker {
  readonly #executor: RunExecutor;
  readonly #subscribers: Subscriber[] = [];
  #caughtUp = false;
  #sincePruned = 0;

  constructor(private readonly options: WorkerOptions) {
    const { service, summary, runner, identity, heartbeatMs = 10_000, leaseMs = 5_000, attemptsMax = 3, retryMs = usualRetryMs } = options;
    const owner = identity.fresh();
    const metrics = new WorkerMetrics(options.metrics);
    const recorder = new Recorder({ ...options, owner, leaseMs });
    const facts = new RunFacts({ ...options, service, workerVersion: summary.version, heartbeatMs });
    const driver = new RunDriver({ ...options, recorder, facts, metrics, heartbeatMs, attemptsMax, retryMs });
    this.#executor = new RunExecutor({ ...options, driver, recorder, metrics, owner, leaseMs, capacity: options.capacity ?? 2 * runner.slots, heldMax });
  }

  /** Joins its groups, reads what it missed, then looks for what is to be done. Resolves once it listens. */
  async start(): Promise<void> {
    const { service, summary, memory } = this.options;
    const gate = gateFactsHandler({
      subTaskType: summary.subTaskType,
      memory,
      onCandidates: (count) => {
        this.#executor.wake();
        this.#pruneAfter(count);
      },
      onEnded: (runs) => {
        this.#executor.cancel(runs);
      },
    });
    const waits = await Promise.all([
      this.#subscribe(service, 'gate.facts', gate, gateFactTypes),
      this.#subscribe(`${service}.config`, 'definition.facts', configFactsHandler(summary, memory)),
    ]);
    void Promise.all(waits.map((wait) => wait())).then(() => {
      this.#caughtUp = true;
      this.#executor.start();
      this.#pruneAfter(pruneEvery);
    });
  }

  runs(filter: RunFilter): Promise<readonly ShownRun[]> {
    return this.options.database.transaction((tx) => this.options.memory.list(tx, filter));
  }

  /** Empty when it takes part in whatever comes. */
  async missing(): Promise<readonly string[]> {
    return [...(this.#caughtUp ? [] : ['has not yet read what it missed']), ...(await this.options.runner.missing())];
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.#subscribers.map((subscriber) => subscriber.stop()));
    await this.#executor.stop(graceMs);
  }

  /** As a crash leaves it; the bus is told separately. For tests and the simulation. */
  abandon(): void {
    this.#executor.abandon();
  }

  /** Answers what to wait for: until it has caught up. */
  async #subscribe(group: string, topic: Topic, handle: Handler, types?: readonly string[]): Promise<() => Promise<void>> {
    const { bus, database, clock, log } = this.options;
    const catchUp = new CatchUp(clock);
    const subscriber = await bus.subscribe({
      group,
      topics: [topic],
      ...(types && { types }),
      handle,
      database,
      onAssigned: (_shards, tx) => {
        // Their earlier owner may be gone, and what it held with it.
        tx.afterCommit(() => {
          this.#executor.wake();
        });
        return Promise.resolve();
      },
      onProgress: () => {
        catchUp.progressed();
      },
    });
    this.#subscribers.push(subscriber);
    return async () => {
      await catchUp.wait(subscriber, catchUpMs).catch((error: unknown) => {
        log.warn({ err: error, group }, 'cannot tell whether everything was read; starting anyway');
      });
    };
  }

  #pruneAfter(count: number): void {
    this.#sincePruned += count;
    if (this.#sincePruned < pruneEvery) return;
    this.#sincePruned = 0;
    const { database, memory, log } = this.options;
    database
      .transaction((tx) => memory.prune(tx, keptMs, pruneMax))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'old runs could not be forgotten');
      });
  }
}

/** A store that is away needs time; whatever else goes wrong does so again at once or not at all. */
function usualRetryMs(failures: number, { code }: ScanFailure): number {
  return code === 'STORE_UNAVAILABLE' ? 2_000 * 4 ** (failures - 1) : 200;
}
