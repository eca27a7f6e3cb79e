/** A worker inside a process of any composition. */
import { mainOf, type Platform, PlatformConfig } from '@tributary/platform';
import { type Log, type RunningService } from '@tributary/service-kit';
import { type z } from 'zod';
import { type WorkerService } from '../definition/worker-definition';
import { ScanPool } from '../pool/scan-pool';
import { RunSchema1763710000000 } from '../runs/run-schema.migration';
import { RunUnderway1763730000000 } from '../runs/run-underway.migration';
import { startWorker } from './start-worker';
import { workerSettings } from './worker-settings';

export type WorkerSettings = z.infer<z.ZodObject<typeof workerSettings>>;

export const workerMigrations = [RunSchema1763710000000, RunUnderway1763730000000];

export interface WorkerLaunch extends Pick<WorkerService, 'service' | 'summary'> {
  readonly config: Pick<WorkerSettings, 'leaseMs' | 'drainMs'>;
  /** May be shared with other workers; it outlives the service. */
  readonly pool: ScanPool;
  readonly listen?: { readonly host?: string; readonly port?: number };
}

export async function launchWorker(
  platform: Platform,
  { service, summary, config: { leaseMs, drainMs }, pool, listen }: WorkerLaunch,
): Promise<RunningService> {
  const { context, ...parts } = await platform.service(service, workerMigrations, listen);
  try {
    return await startWorker(context, { ...parts, summary, store: platform.storeConfig, pool, leaseMs, drainMs });
  } catch (error) {
    await parts.close();
    throw error;
  }
}

/** `scanFile`: absolute path of compiled JavaScript that calls `createScanProcess` with every definition that the pool is to serve. */
export function scanPoolOf(
  log: Log,
  { scanProcesses, scanHeapMb, scanMs }: Pick<WorkerSettings, 'scanProcesses' | 'scanHeapMb' | 'scanMs'>,
  scanFile: string,
): ScanPool {
  return new ScanPool({ scanFile, size: scanProcesses, heapMb: scanHeapMb, jobMs: scanMs, log });
}

/** The whole of a worker's `main.ts`: the service with a pool of its own. `scanFile` as of `scanPoolOf`. */
export async function mainOfWorker({ service, summary }: Pick<WorkerService, 'service' | 'summary'>, scanFile: string): Promise<void> {
  await mainOf(service, PlatformConfig.extend(workerSettings), async (platform, config) => {
    const pool = scanPoolOf(platform.log, config, scanFile);
    const running = await launchWorker(platform, { service, summary, config, pool });
    return {
      ...running,
      stop: async () => {
        await running.stop();
        pool.close();
      },
    };
  });
}
