/** Coordinators in a world whose time stands until it is told to pass: replicas that are suspended, a bus that goes away. */
import { type Fact } from '@tributary/facts';
import { type Clock, type FactBus, InMemoryFactBus, InMemoryGroups, InMemoryLog, type Subscriber, type UndoTransaction } from '@tributary/fact-bus';
import { InMemoryDatabase, type InMemoryTransaction } from '@tributary/persistence';
import { systemIdentity } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { v7 } from 'uuid';
import { Coordinator } from '../coordinator';
import { type GateTask, type VerdictRecord, type WatchReading } from '../gate.memory';
import { InMemoryGateMemory } from '../in-memory.gate.memory';
import { LedgerSignals } from '../ledger-signals';
import { taskDocument } from '../task-document';

interface Timer {
  readonly at: number;
  readonly owner: { readonly suspended: boolean };
  readonly run: () => void;
}

export interface Process {
  readonly coordinator: Coordinator<InMemoryTransaction>;
  readonly bus: InMemoryFactBus;
  readonly signals: LedgerSignals;
  /** Its timers do not run: SIGSTOP. */
  suspended: boolean;
}

/** Beats of the clocks in this world, ms; twice as long without one is a pause. */
export const heartbeatMs = 1_000;
const begin = Date.parse('2026-01-01T00:00:00.000Z');
const telemetry = new Telemetry({ service: 'coordinator', version: '0', instance: 'test' });

export class VirtualWorld {
  readonly log = new InMemoryLog();
  readonly database = new InMemoryDatabase();
  readonly memory = new InMemoryGateMemory(() => this.#now, 2 * heartbeatMs);
  readonly troubles: unknown[] = [];
  /** The bus answers nobody since then. */
  #awaySince: number | undefined;
  #now = begin;
  #timers = new Set<Timer>();
  readonly #groups = new InMemoryGroups();
  readonly #processes: Process[] = [];

  get now(): number {
    return this.#now;
  }

  async start(): Promise<Process> {
    const onTrouble = (error: unknown): void => void this.troubles.push(error);
    const owner = { suspended: false };
    const clock: Clock = {
      now: () => this.#now,
      monotonic: () => this.#now - begin,
      after: (delayMs, run) => {
        const timer: Timer = { at: this.#now + Math.max(0, delayMs), owner, run };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
    const bus = new InMemoryFactBus({ log: this.log, groups: this.#groups, newId: v7, onTrouble, clock });
    const { memory, database } = this;
    const signals = new LedgerSignals({ member: v7(), clock, onTrouble });
    const coordinator = new Coordinator<InMemoryTransaction>({
      ...{ memory, database, telemetry, clock, heartbeatMs, onTrouble },
      bus: this.#thatMayGoAway(bus),
      identity: systemIdentity,
      signals,
    });
    const process = Object.assign(owner, { coordinator, bus, signals });
    this.#processes.push(process);
    await this.#running(coordinator.start());
    return process;
  }

  /** Time passes: timers of whoever is not suspended run when they are due. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settled();
    for (;;) {
      const next = [...this.#timers].filter(({ at, owner }) => at <= end && !owner.suspended).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settled();
    }
    this.#now = end;
  }

  async tell(...facts: readonly Fact[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      this.#processes[0]!.bus.publish(tx, facts);
    });
    await this.pass(1);
  }

  busAway(away: boolean): void {
    this.#awaySince = away ? this.#now : undefined;
  }

  /** Gives back in good order. */
  async stop({ coordinator }: Process): Promise<void> {
    await this.#running(coordinator.stop());
  }

  /** kill -9. */
  async kill(process: Process): Promise<void> {
    process.suspended = true;
    this.#timers = new Set([...this.#timers].filter(({ owner }) => owner !== process));
    await this.#running(process.bus.crash());
  }

  async find(taskId: string): Promise<GateTask & { readonly watch?: WatchReading }> {
    return (await this.memory.find(taskId))!;
  }

  async window(taskId: string): Promise<Record<string, any>> {
    return (taskDocument(await this.find(taskId)) as { window: Record<string, any> }).window;
  }

  async verdict(taskId: string): Promise<VerdictRecord | undefined> {
    return await this.memory.verdict(taskId);
  }

  async end(): Promise<void> {
    this.busAway(false);
    for (const process of this.#processes) process.suspended = false;
    for (const { coordinator } of this.#processes) await this.#running(coordinator.stop());
  }

  /** Something of ours that waits for timers. */
  async #running(work: Promise<unknown>): Promise<void> {
    for (let n = 0; n < 30; n++) await this.pass(0);
    await work;
  }

  #thatMayGoAway(bus: InMemoryFactBus): FactBus<UndoTransaction> {
    const away = (): number | undefined => this.#awaySince;
    const watched = (subscriber: Subscriber): Subscriber =>
      new Proxy(subscriber, {
        get: (target, name) => {
          if (away() !== undefined && name === 'ends') return () => Promise.reject(new Error('the bus is away'));
          if (away() !== undefined && name === 'readableAt') return () => away()! - begin;
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        },
      });
    return {
      publish: (tx, facts) => {
        bus.publish(tx, facts);
      },
      subscribe: async (subscription) => watched(await bus.subscribe(subscription)),
      replay: (tx, id) => bus.replay(tx, id),
      probe: () => bus.probe(),
      close: () => bus.close(),
    };
  }
}

/** Lets everything that waits for nothing but promises run. */
async function settled(): Promise<void> {
  for (let n = 0; n < 3; n++)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}
