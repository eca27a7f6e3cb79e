/** All services in one process, each as it is in a process of its own. */
import { join } from 'node:path';
import { launchCoordinator } from '@tributary/coordinator';
import { launchDefinition } from '@tributary/definition';
import { launchGateway } from '@tributary/gateway';
import { workers } from '@tributary/lineup';
import { type Platform, type Running, stopAll } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { launchWorker, scanPoolOf } from '@tributary/worker-kit';
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
    const [definition, ...started] = await Promise.all([
      launchDefinition(platform, inside),
      ...workers.map((worker) => launchWorker(platform, { ...worker, config, pool, listen: inside })),
    ]);
    services.push(definition, ...started);
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
