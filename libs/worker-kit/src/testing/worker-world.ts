/** A worker's world in memory: one log, one database, and processes that can be stalled or killed between any two steps. */
import { type Fact, MainTaskCreated, makeFact, WindowClosed, WorkerConfigPublished } from '@tributary/facts';
import { InMemoryFactBus, InMemoryGroups, InMemoryLog } from '@tributary/fact-bus';
import { type Database, InMemoryDatabase } from '@tributary/persistence';
import { createMetrics, derivedId, instant, type Registry, silentLog } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { v7 } from 'uuid';
import { z } from 'zod';
import { InMemoryRunMemory } from '../runs/in-memory.run.memory';
import { type ShownRun } from '../runs/run';
import { type ScanRunner } from '../worker/scan-runner';
import { ScriptedScanRunner, type ScanScript } from '../worker/scripted.scan-runner';
import { Worker, type WorkerOptions } from '../worker/worker';
import { ManualClock } from './a-run';

const telemetry = new Telemetry({ service: 'test-worker', version: '1', instance: 'test' });
export const traceId = '0af7651916cd43dd8448eb211c80319c';

/** Where a process dies: at its n-th call of a port, before or after the call has had its effect. */
export interface Death {
  readonly atCall: number;
  readonly when: 'before' | 'after';
}

export class WorkerProcess {
  readonly bus: InMemoryFactBus;
  readonly worker: Worker;
  readonly metrics: Registry = createMetrics('test-worker');
  calls = 0;
  #dead = false;
  #gate: Promise<unknown> = Promise.resolve();
  #open: () => void = () => undefined;

  constructor(
    readonly world: WorkerWorld,
    script: ScanScript,
    private readonly death?: Death,
    options: Partial<WorkerOptions> = {},
  ) {
    const { clock, log, groups, memory } = world;
    this.bus = new InMemoryFactBus({ log, groups, newId: v7, clock });
    this.worker = new Worker({
      service: 'test-worker',
      summary: { subTaskType: 'TEST', version: '1.2.3', configSchema: z.strictObject({ depth: z.number().default(1) }) },
      database: this.#database(),
      memory,
      bus: this.bus,
      runner: this.#runner(new ScriptedScanRunner(script)),
      clock,
      identity: { fresh: () => v7() },
      telemetry,
      log: silentLog,
      metrics: this.metrics,
      ...options,
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** As SIGSTOP does: every call waits until `resume`. */
  stall(): void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gate = promise;
    this.#open = () => {
      resolve(undefined);
    };
  }

  resume(): void {
    this.#open();
  }

  async kill(): Promise<void> {
    this.#dead = true;
    this.worker.abandon();
    await this.bus.crash();
  }

  #database(): Database {
    const { database } = this.world;
    return {
      transaction: (work) => this.#port(() => database.transaction(work)),
      close: () => Promise.resolve(),
    };
  }

  #runner(runner: ScanRunner): ScanRunner {
    return {
      slots: runner.slots,
      hasRoom: () => runner.hasRoom(),
      consider: (...call) => this.#port(() => runner.consider(...call)),
      scan: (...call) => this.#port(() => runner.scan(...call)),
      reportFault: (...call) => this.#port(() => runner.reportFault(...call)),
      missing: () => runner.missing(),
    };
  }

  /** What a dead process waits for never comes. */
  async #port<R>(call: () => Promise<R>): Promise<R> {
    await this.#gate;
    this.calls += 1;
    const dies = this.death?.atCall === this.calls;
    if (dies && this.death.when === 'before') this.#dead = true;
    if (this.#dead) return await never();
    const result = await call();
    if (dies) this.#dead = true;
    return this.#dead ? await never() : result;
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

export class WorkerWorld {
  readonly clock = new ManualClock();
  readonly log = new InMemoryLog();
  readonly groups = new InMemoryGroups();
  readonly database = new InMemoryDatabase();
  readonly memory = new InMemoryRunMemory(this.clock);
  /** Everything on `scan.facts`, in order. */
  readonly told: Fact[] = [];
  readonly #publisher = new InMemoryFactBus({ log: this.log, groups: this.groups, newId: v7, clock: this.clock });

  async listen(): Promise<void> {
    await this.#publisher.subscribe({
      group: 'test',
      topics: ['scan.facts'],
      database: this.database,
      handle: (batch) => {
        this.told.push(...batch.map(({ fact }) => fact));
        return Promise.resolve([]);
      },
    });
  }

  async start(script: ScanScript = {}, death?: Death, options?: Partial<WorkerOptions>): Promise<WorkerProcess> {
    const process = new WorkerProcess(this, script, death, options);
    // A process may die before it has started.
    await Promise.race([process.worker.start(), this.until(() => process.dead)]);
    return process;
  }

  async publish(...facts: Fact[]): Promise<void> {
    await this.database.transaction((tx) => {
      this.#publisher.publish(tx, facts);
      return Promise.resolve();
    });
    await this.clock.advance(0);
  }

  async runs(): Promise<readonly ShownRun[]> {
    return await this.database.transaction((tx) => this.memory.list(tx, { limit: 1_000 }));
  }

  of(taskId: string): Fact[] {
    return this.told.filter(({ subject }) => subject === taskId);
  }

  async until(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < 500 && !condition(); turn++) await this.clock.advance(0);
  }

  created(taskId: string, product = 'p'): Fact {
    const context = { filePath: `store:tasks/${taskId}/package.zip`, product, reportPrefix: `store:tasks/${taskId}/reports/` };
    return makeFact(MainTaskCreated, { ...this.#envelope(taskId, 'created'), data: MainTaskCreated.schema.parse({ taskId, round: 1, context }) });
  }

  closed(taskId: string, closedBy: 'QUIET' | 'DEADLINE' | 'CANCELLED'): Fact {
    const at = instant(this.clock.now());
    const data = { taskId, round: 1, closedBy, cutoff: 1, digest: 'd'.repeat(64), knownTypes: [], unreachable: [], openedAt: at, closedAt: at, pausedMs: 0 };
    return makeFact(WindowClosed, { ...this.#envelope(taskId, 'closed'), data });
  }

  config(revision: number, config: Record<string, unknown>, products: Record<string, Record<string, unknown>> = {}): Fact {
    return makeFact(WorkerConfigPublished, { ...this.#envelope('TEST', `config ${revision}`), data: { subTaskType: 'TEST', revision, config, products } });
  }

  #envelope(subject: string, purpose: string): { id: string; source: string; subject: string; time: string; traceparent: string } {
    return {
      id: derivedId(subject, purpose),
      source: '/tributary/coordinator',
      subject,
      time: instant(this.clock.now()),
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    };
  }
}
