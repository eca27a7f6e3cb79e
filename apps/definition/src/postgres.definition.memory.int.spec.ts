import { PostgresDatabase } from '@tributary/persistence';
import { testPostgres } from '@tributary/testing';
import { definitionMigrations } from './definition.service';
import { PostgresDefinitionMemory } from './postgres.definition.memory';
import { aDefinitionMemory } from './testing/definition.memory.contract';

afterAll(async () => {
  await (await testPostgres()).stop();
});

aDefinitionMemory('the PostgreSQL memory of definitions', async () => {
  const place = await (await testPostgres()).database();
  const database = await PostgresDatabase.connect({ url: place.url, schema: 'definition', migrations: definitionMigrations });
  return {
    database,
    memory: new PostgresDefinitionMemory(database),
    end: async () => {
      await database.close();
      await place.drop();
    },
  };
});
