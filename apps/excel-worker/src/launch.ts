/** The excel worker inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchWorker, type ScanPool } from '@tributary/worker-kit';
import { type ExcelWorkerConfig } from './config';
import { excelWorkerSummary } from './excel.worker-summary';

/** `pool` may be shared with other workers. */
export async function launchExcelWorker(
  platform: Platform,
  config: ExcelWorkerConfig,
  pool: ScanPool,
  listen: { readonly port?: number } = {},
): Promise<RunningService> {
  return await launchWorker(platform, { service: 'excel-worker', summary: excelWorkerSummary, config, pool, listen });
}
