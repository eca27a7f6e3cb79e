/** The excel worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOf, PlatformConfig } from '@tributary/platform';
import { scanPoolOf } from '@tributary/worker-kit';
import { ExcelWorkerConfig } from './config';
import { launchExcelWorker } from './launch';

void mainOf('excel-worker', PlatformConfig.extend(ExcelWorkerConfig.shape), async (platform, config) => {
  const pool = scanPoolOf(platform.log, config, join(__dirname, 'scan-process.js'));
  const service = await launchExcelWorker(platform, config, pool);
  return {
    ...service,
    stop: async () => {
      await service.stop();
      pool.close();
    },
  };
});
