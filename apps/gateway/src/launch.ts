/** The gateway inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { type GatewayConfig } from './config';
import { gatewayMigrations, startGateway } from './gateway.service';

/** Starts last: the door opens when those behind it are there. */
export async function launchGateway(
  platform: Platform,
  config: Omit<GatewayConfig, 'databaseUrl' | 'httpHost' | 'httpPort'>,
  listen: { readonly host?: string; readonly port?: number } = {},
): Promise<RunningService> {
  const { context, ...parts } = await platform.service('gateway', gatewayMigrations, listen);
  return await startGateway(context, { ...config, ...parts, store: platform.store });
}
