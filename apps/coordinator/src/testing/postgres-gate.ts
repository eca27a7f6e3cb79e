/** Coordinators as they run: each with its own connections to one PostgreSQL that holds the log and the memory. For tests. */
import { type Fact } from '@tributary/facts';
import { BusSchema1763700000000, PostgresFactBus, systemClock } from '@tributary/fact-bus';
import { isTransient, PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { systemIdentity } from '@tributary/service-kit';
import { Telemetry } from '@tributary/telemetry';
import { testPostgres } from '@tributary/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { Coordinator } from '../coordinator';
import { coordinatorMigrations } from '../coordinator-migrations';
import { LedgerSignals } from '../ledger-signals';
import { PostgresGateMemory } from '../postgres.gate.memory';
import { taskDocument } from '../task-document';

export const heartbeatMs = 500;
const telemetry = new Telemetry({ service: 'coordinator', version: '0', instance: 'test' });

export interface Replica {
  readonly coordinator: Coordinator<PostgresTransaction>;
  readonly bus: PostgresFactBus;
  readonly database: PostgresDatabase;
  readonly memory: PostgresGateMemory;
  readonly signals: LedgerSignals;
  readonly troubles: unknown[];
  stop(): Promise<void>;
  /** As the operating system does it: every connection is gone at once, nothing is given back. */
  kill(): Promise<void>;
}

export interface PostgresGate {
  start(): Promise<Replica>;
  /** Another service of the house, to tell facts with. */
  tell(...facts: Fact[]): Promise<void>;
  readonly teller: PostgresFactBus;
  readonly database: PostgresDatabase;
  readonly memory: PostgresGateMemory;
  verdict(taskId: string, revision?: number): Promise<any>;
  end(): Promise<void>;
}

async function startReplica(url: string): Promise<Replica> {
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown): void => {
    troubles.push(error);
  };
  const control = await PostgresDatabase.connect({ url, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 4 });
  const database = await PostgresDatabase.connect({ url, schema: 'coordinator', migrations: coordinatorMigrations, poolMax: 6 });
  const bus = new PostgresFactBus({
    database: control,
    newId: v7,
    isTransient,
    onTrouble,
    heartbeatMs: 400,
    leaseMs: 1_500,
    retry: { attemptsMax: 4, backoffMs: () => 200, laterMs: 50 },
  });
  const memory = new PostgresGateMemory(database, 2 * heartbeatMs);
  const signals = new LedgerSignals({ member: v7(), clock: systemClock, connect: () => database.session(), onTrouble });
  await signals.start();
  const coordinator = new Coordinator<PostgresTransaction>({
    ...{ memory, database, bus, telemetry, heartbeatMs, onTrouble, signals },
    clock: systemClock,
    identity: systemIdentity,
  });
  await coordinator.start();
  let over = false;
  const close = async (): Promise<void> => {
    await signals.close();
    await Promise.all([control.close(), database.close()]).catch(() => undefined);
  };
  return {
    ...{ coordinator, bus, database, memory, signals, troubles },
    stop: async () => {
      if (over) return;
      over = true;
      await coordinator.stop();
      await bus.close();
      await close();
    },
    kill: async () => {
      if (over) return;
      over = true;
      await bus.abandon();
      await close();
      // What is left of it finds no connection any more.
      await coordinator.stop().catch(() => undefined);
    },
  };
}

export async function aPostgresGate(): Promise<PostgresGate> {
  const empty = await (await testPostgres()).database();
  const { url } = empty;
  const control = await PostgresDatabase.connect({ url, schema: 'bus', migrations: [BusSchema1763700000000], poolMax: 3 });
  const database = await PostgresDatabase.connect({ url, schema: 'coordinator', migrations: coordinatorMigrations, poolMax: 3 });
  const teller = new PostgresFactBus({ database: control, newId: v7 });
  const memory = new PostgresGateMemory(database, 2 * heartbeatMs);
  const replicas: Replica[] = [];
  return {
    ...{ teller, database, memory },
    start: async () => {
      const replica = await startReplica(url);
      replicas.push(replica);
      return replica;
    },
    tell: async (...facts) => {
      await database.transaction((tx) => {
        teller.publish(tx, facts);
        return Promise.resolve();
      });
    },
    verdict: async (taskId, revision = 1) => {
      for (const until = Date.now() + 15_000; Date.now() < until;) {
        const found = await memory.find(taskId);
        if (found && found.task.revision >= revision) return taskDocument(found);
        await sleep(20);
      }
      throw new Error(`no verdict of ${taskId}; troubles: ${replicas.flatMap(({ troubles }) => troubles.map(String)).join('; ')}`);
    },
    end: async () => {
      for (const replica of replicas) await replica.stop();
      await teller.close();
      await database.close();
      await control.close();
      await empty.drop();
    },
  };
}
