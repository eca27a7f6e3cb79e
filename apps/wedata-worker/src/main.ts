/** The wedata worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOf, PlatformConfig } from '@tributary/platform';
import { scanPoolOf } from '@tributary/worker-kit';
import { WedataWorkerConfig } from './config';
import { launchWedataWorker } from './launch';

void mainOf('wedata-worker', PlatformConfig.extend(WedataWorkerConfig.shape), async (platform, config) => {
  const pool = scanPoolOf(platform.log, config, join(__dirname, 'scan-process.js'));
  const service = await launchWedataWorker(platform, config, pool);
  return {
    ...service,
    stop: async () => {
      await service.stop();
      pool.close();
    },
  };
});
