/** Starts a worker's service: its rows, its groups on the bus, its HTTP server. */
import { type FactBus } from '@tributary/fact-bus';
import { type PostgresDatabase } from '@tributary/persistence';
import { type RunningService, serve, type ServiceContext } from '@tributary/service-kit';
import { type WorkerSummary } from '../definition/worker-definition';
import { PooledScanRunner } from '../pool/pooled.scan-runner';
import { type ScanPool } from '../pool/scan-pool';
import { PostgresRunMemory } from '../runs/postgres.run.memory';
import { openStore, type StoreConfig } from '@tributary/package-store';
import { Worker, type WorkerOptions } from '../worker/worker';
import { runRoutes } from './run-routes';

export interface WorkerDependencies extends Pick<WorkerOptions, 'leaseMs' | 'heartbeatMs' | 'attemptsMax' | 'capacity'> {
  readonly summary: WorkerSummary;
  /** The worker's own schema, with `workerMigrations`. */
  readonly database: PostgresDatabase;
  /** Releases bus and database; the last thing that a stop does. */
  readonly close: () => Promise<void>;
  readonly bus: FactBus;
  readonly store: StoreConfig;
  /** The caller's, perhaps shared with other workers; it outlives the service. */
  readonly pool: ScanPool;
  /** How long a stop waits for scans before it hands them back; default 5,000. */
  readonly drainMs?: number;
}

export async function startWorker(
  context: ServiceContext,
  { summary, database, bus, close, store, pool, drainMs = 5_000, ...tuning }: WorkerDependencies,
): Promise<RunningService> {
  const { service, log } = context;
  const runner = new PooledScanRunner(pool, store, log);
  const worker = new Worker({ ...context, ...tuning, summary, database, memory: new PostgresRunMemory(), bus, runner });
  const bytes = openStore(store);
  const missing = async (): Promise<readonly string[]> => {
    const away = await Promise.all([
      unreachable('the database', database.query('SELECT 1')),
      unreachable('the fact bus', bus.probe()),
      unreachable('the package store', bytes.probe()),
    ]);
    return [...(await worker.missing()), ...away.flat()];
  };
  const server = await serve({ ...context, routes: runRoutes(worker), missing });
  await worker.start();
  log.info({ url: server.url, subTaskType: summary.subTaskType, version: summary.version }, 'started');
  return {
    name: service,
    url: server.url,
    missing,
    stop: async () => {
      await worker.stop(drainMs);
      await server.close(2_000);
      await close();
      log.info('stopped');
    },
  };
}

async function unreachable(what: string, probe: Promise<unknown>): Promise<string[]> {
  try {
    await probe;
    return [];
  } catch {
    return [`${what} cannot be reached`];
  }
}
