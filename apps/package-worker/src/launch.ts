/** The package worker inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchWorker, type ScanPool } from '@tributary/worker-kit';
import { type PackageWorkerConfig } from './config';
import { packageWorkerSummary } from './package.worker-summary';

/** `pool` may be shared with other workers. */
export async function launchPackageWorker(
  platform: Platform,
  config: PackageWorkerConfig,
  pool: ScanPool,
  listen: { readonly port?: number } = {},
): Promise<RunningService> {
  return await launchWorker(platform, { service: 'package-worker', summary: packageWorkerSummary, config, pool, listen });
}
