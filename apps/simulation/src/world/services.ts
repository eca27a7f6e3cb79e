/** The services of the gate as plain classes over simulated ports: the code that runs in production, wired for one process of the simulation. */
import { Coordinator, InMemoryGateMemory, LedgerSignals, type GateMemory } from '@tributary/coordinator';
import { InMemoryUploadMemory, UploadPackage, type UploadMemory } from '@tributary/gateway';
import { InMemoryDatabase, type InMemoryTransaction } from '@tributary/persistence';
import { type PackageStore } from '@tributary/package-store';
import { createMetrics, silentLog } from '@tributary/service-kit';
import { InMemoryRunMemory, type RunMemory, ScriptedScanRunner, Worker } from '@tributary/worker-kit';
import { z } from 'zod';
import { scanScript } from '../load/scan-script';
import { type Behaviour, type WorkerType } from '../load/behaviour';
import { type History } from '../history';
import { type Random } from '../random';
import { type ProcessDatabase } from './process.database';
import { type ProcessFactBus } from './process.fact-bus';
import { SeededTelemetry } from './seeded.telemetry';
import { type SimulatedProcess } from './simulated.process';
import { type FaultPlan } from '../faults/fault-plan';
import { type VirtualClock } from './virtual-clock';

/** What a process is wired to. */
export interface Ports {
  readonly process: SimulatedProcess;
  readonly database: ProcessDatabase;
  readonly bus: ProcessFactBus;
  readonly store: PackageStore;
  readonly random: Random;
  readonly history: History;
  /** Why the service's database cannot be reached now. */
  readonly away: () => Error | undefined;
  readonly behaviour: (taskId: string, round: number, type: WorkerType) => Behaviour;
}

/** A running replica. */
export interface Replica {
  readonly uploads?: UploadPackage<InMemoryTransaction>;
  readonly coordinator?: Coordinator<InMemoryTransaction>;
  /** SIGTERM. */
  stop(): Promise<void>;
  /** What a dead process leaves running in ours is let go. */
  abandon(): void;
}

/** A service: what its replicas share, and how one begins. */
export interface Service {
  readonly name: string;
  readonly database: InMemoryDatabase;
  start(ports: Ports): Promise<Replica>;
}

/** Makes the coordinator remember wrongly, to see whether anybody notices. */
export type Sabotage = (memory: GateMemory) => GateMemory;
export const honest: Sabotage = (memory) => memory;

/** What is tried on purpose, beside what the seed draws. */
export interface Trial {
  readonly sabotage?: Sabotage;
  /** Another mixture of faults than the one that was drawn. */
  readonly faults?: (drawn: FaultPlan) => FaultPlan;
}

const packageBytesMax = 1024 ** 2;
const heartbeatMs = 2_000;
/** Enough for every task of a run: who waits for a free slot would come forward late for no fault of the gate. */
const scansAtOnce = 40;

export function gatewayService(): Service & { readonly memory: UploadMemory } {
  const memory = new InMemoryUploadMemory();
  return {
    name: 'gateway',
    database: new InMemoryDatabase(),
    memory,
    start: ({ process, database, bus, store, random, away }) => {
      const telemetry = new SeededTelemetry('gateway', random);
      const uploads = new UploadPackage<InMemoryTransaction>({
        database,
        bus,
        store,
        memory: process.port('uploads', memory, away),
        policies: { find: () => Promise.resolve(undefined) },
        clock: process.clock,
        identity: process.identity,
        spans: { start: (name) => telemetry.start(name) },
        log: silentLog,
        packageBytesMax,
      });
      return Promise.resolve({ uploads, stop: () => Promise.resolve(), abandon: () => undefined });
    },
  };
}

export function coordinatorService(clock: VirtualClock, sabotage: Sabotage): Service & { readonly memory: GateMemory } {
  const memory: GateMemory = new InMemoryGateMemory(() => clock.now());
  return {
    name: 'coordinator',
    database: new InMemoryDatabase(),
    memory,
    start: async ({ process, database, bus, random, away }) => {
      const onTrouble = (): void => undefined;
      const coordinator = new Coordinator<InMemoryTransaction>({
        memory: process.port('gate', sabotage(memory), away),
        database,
        bus,
        telemetry: new SeededTelemetry('coordinator', random),
        clock: process.clock,
        identity: process.identity,
        signals: new LedgerSignals({ member: process.name, clock: process.clock, onTrouble }),
        heartbeatMs,
        onTrouble,
      });
      await coordinator.start();
      return { coordinator, stop: () => coordinator.stop(), abandon: () => undefined };
    },
  };
}

export function workerService(type: WorkerType, clock: VirtualClock): Service & { readonly memory: RunMemory } {
  const memory: RunMemory = new InMemoryRunMemory(clock);
  const name = `${type.toLowerCase()}-worker`;
  return {
    name,
    database: new InMemoryDatabase(),
    memory,
    start: async (ports) => {
      const { process, database, bus, random, away } = ports;
      const worker = new Worker({
        service: name,
        summary: { subTaskType: type, version: '1', configSchema: z.looseObject({}) },
        database,
        memory: process.port('runs', memory, away),
        bus,
        runner: new ScriptedScanRunner(scanScript(type, ports), scansAtOnce),
        clock: process.clock,
        identity: process.identity,
        telemetry: new SeededTelemetry(name, random),
        log: silentLog,
        metrics: createMetrics(name, { withProcess: false }),
      });
      await worker.start();
      return {
        stop: () => worker.stop(5_000),
        abandon: () => {
          worker.abandon();
        },
      };
    },
  };
}
