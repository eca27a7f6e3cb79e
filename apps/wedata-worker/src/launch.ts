/** The wedata worker inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchWorker, type ScanPool } from '@tributary/worker-kit';
import { type WedataWorkerConfig } from './config';
import { wedataWorkerSummary } from './wedata.worker-summary';

/** `pool` may be shared with other workers. */
export async function launchWedataWorker(
  platform: Platform,
  config: WedataWorkerConfig,
  pool: ScanPool,
  listen: { readonly port?: number } = {},
): Promise<RunningService> {
  return await launchWorker(platform, { service: 'wedata-worker', summary: wedataWorkerSummary, config, pool, listen });
}
