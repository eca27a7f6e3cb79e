/** The package worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOf, PlatformConfig } from '@tributary/platform';
import { scanPoolOf } from '@tributary/worker-kit';
import { PackageWorkerConfig } from './config';
import { launchPackageWorker } from './launch';

void mainOf('package-worker', PlatformConfig.extend(PackageWorkerConfig.shape), async (platform, config) => {
  const pool = scanPoolOf(platform.log, config, join(__dirname, 'scan-process.js'));
  const service = await launchPackageWorker(platform, config, pool);
  return {
    ...service,
    stop: async () => {
      await service.stop();
      pool.close();
    },
  };
});
