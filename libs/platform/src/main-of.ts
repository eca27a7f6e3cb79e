/** A service as a process of its own: configuration from the environment, one service, signals. */
import { printableConfig, readConfig, type RunningService } from '@tributary/service-kit';
import { type z } from 'zod';
import { type PlatformConfig } from './config';
import { Platform } from './platform';
import { runProcess } from './run-process';
import { version } from './version';

export async function mainOf<Shape extends z.ZodRawShape>(
  service: string,
  schema: z.ZodObject<Shape>,
  launch: (platform: Platform, config: z.infer<z.ZodObject<Shape>>) => Promise<RunningService>,
): Promise<void> {
  await runProcess(async () => {
    const config = readConfig(schema, process.env, (sentence) => process.stderr.write(`${sentence}\n`));
    const settings = config as unknown as PlatformConfig;
    const platform = new Platform({ config: settings, version, pretty: settings.logPretty ?? process.stdout.isTTY });
    platform.log.info({ service, config: printableConfig(config) }, 'starting');
    try {
      const running = await launch(platform, config);
      platform.log.info({ service, url: running.url }, 'ready');
      return { services: [running], close: () => platform.close() };
    } catch (error) {
      await platform.close().catch(() => undefined);
      throw error;
    }
  });
}
