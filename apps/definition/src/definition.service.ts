/** Wires the definition service to PostgreSQL and HTTP, and runs it. */
import { type FactBus } from '@tributary/fact-bus';
import { type PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';
import { type RunningService, serve, type ServiceContext } from '@tributary/service-kit';
import { DefinitionSchema1763700200000 } from './definition-schema.migration';
import { PostgresDefinitionMemory } from './postgres.definition.memory';
import { PublishDefinition } from './publish-definition';
import { definitionRoutes } from './routes';

export interface DefinitionDependencies {
  /** Connected to the service's own schema. */
  readonly database: PostgresDatabase;
  readonly bus: FactBus<PostgresTransaction>;
  /** Releases bus and database; the last thing that `stop` does. */
  readonly close: () => Promise<void>;
}

export const definitionMigrations = [DefinitionSchema1763700200000];

export async function startDefinition(context: ServiceContext, { database, bus, close }: DefinitionDependencies): Promise<RunningService> {
  const memory = new PostgresDefinitionMemory(database);
  const publisher = new PublishDefinition({ memory, bus, database, now: () => context.clock.now() });
  const missing = async (): Promise<readonly string[]> =>
    await database.query('SELECT 1').then(
      () => [],
      () => ['the database'],
    );
  const server = await serve({ ...context, routes: definitionRoutes({ memory, publisher }), missing });
  return {
    name: context.service,
    url: server.url,
    missing,
    stop: async () => {
      await server.close();
      await close();
    },
  };
}
