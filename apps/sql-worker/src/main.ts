/** The sql worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOf, PlatformConfig } from '@tributary/platform';
import { scanPoolOf } from '@tributary/worker-kit';
import { SqlWorkerConfig } from './config';
import { launchSqlWorker } from './launch';

void mainOf('sql-worker', PlatformConfig.extend(SqlWorkerConfig.shape), async (platform, config) => {
  const pool = scanPoolOf(platform.log, config, join(__dirname, 'scan-process.js'));
  const service = await launchSqlWorker(platform, config, pool);
  return {
    ...service,
    stop: async () => {
      await service.stop();
      pool.close();
    },
  };
});
