/** The coordinator service inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { coordinatorMigrations } from './coordinator-migrations';
import { startCoordinator } from './coordinator.service';
import { type CoordinatorConfig } from './config';

export async function launchCoordinator(platform: Platform, config: CoordinatorConfig, listen: { readonly port?: number } = {}): Promise<RunningService> {
  const { context, ...parts } = await platform.service('coordinator', coordinatorMigrations, listen);
  return await startCoordinator(context, { config, ...parts });
}
