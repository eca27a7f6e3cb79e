/** All services in one process, each as it is in a process of its own. */
import { join } from 'node:path';
import { launchCoordinator } from '@tributary/coordinator';
import { launchDefinition } from '@tributary/definition';
import { launchExcelWorker } from '@tributary/excel-worker';
import { launchGateway } from '@tributary/gateway';
import { launchPackageWorker } from '@tributary/package-worker';
import { type Platform, type Running, stopAll } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchSqlWorker } from '@tributary/sql-worker';
import { launchWedataWorker } from '@tributary/wedata-worker';
import { scanPoolOf } from '@tributary/worker-kit';
import { type StandaloneConfig } from './config';

/** Loopback and a free port: only the gateway is a door. */
const inside = { host: '127.0.0.1', port: 0 };

/** Workers first, then who records what they say, then the door. When one cannot start, those that have are stopped again. */
export async function compose(platform: Platform, config: StandaloneConfig): Promise<Running> {
  const services: RunningService[] = [];
  const pool = scanPoolOf(platform.log, config, join(__dirname, 'scan-process.js'));
  const running: Running = {
    services,
    close: async () => {
      pool.close();
      await platform.close();
    },
  };
  try {
    // Migrates the bus before eight services ask for it at once.
    if (platform.config.bus === 'postgres') await platform.postgresBus();
    const [definition, ...workers] = await Promise.all([
      launchDefinition(platform, inside),
      launchPackageWorker(platform, config, pool, inside),
      launchSqlWorker(platform, config, pool, inside),
      launchExcelWorker(platform, config, pool, inside),
      launchWedataWorker(platform, config, pool, inside),
    ]);
    services.push(definition, ...workers);
    const coordinator = await launchCoordinator(platform, config, inside);
    services.push(coordinator);
    const { httpHost: host, httpPort: port } = config;
    services.push(await launchGateway(platform, { ...config, coordinatorUrl: coordinator.url, definitionUrl: definition.url }, { host, port }));
    return running;
  } catch (error) {
    await stopAll(running).catch(() => undefined);
    throw error;
  }
}
