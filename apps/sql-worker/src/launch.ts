/** The sql worker inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchWorker, type ScanPool } from '@tributary/worker-kit';
import { type SqlWorkerConfig } from './config';
import { sqlWorkerSummary } from './sql.worker-summary';

/** `pool` may be shared with other workers. */
export async function launchSqlWorker(
  platform: Platform,
  config: SqlWorkerConfig,
  pool: ScanPool,
  listen: { readonly port?: number } = {},
): Promise<RunningService> {
  return await launchWorker(platform, { service: 'sql-worker', summary: sqlWorkerSummary, config, pool, listen });
}
