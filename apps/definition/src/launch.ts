/** The definition service inside a process of any composition. */
import { type Platform } from '@tributary/platform';
import { type RunningService } from '@tributary/service-kit';
import { definitionMigrations, startDefinition } from './definition.service';

export async function launchDefinition(platform: Platform, listen: { readonly port?: number } = {}): Promise<RunningService> {
  const { context, ...parts } = await platform.service('definition', definitionMigrations, listen);
  return await startDefinition(context, { ...parts });
}
