import { PostgresDatabase } from '@tributary/persistence';
import { testPostgres } from '@tributary/testing';
import { GatewaySchema1763700000100 } from '../gateway-schema.migration';
import { PostgresDeadLetterMemory } from './postgres.dead-letter.memory';
import { aDeadLetterMemory } from './testing/dead-letter-memory.contract';

afterAll(async () => {
  await (await testPostgres()).stop();
});

aDeadLetterMemory('the PostgreSQL memory of dead letters', async () => {
  const place = await (await testPostgres()).database();
  const database = await PostgresDatabase.connect({ url: place.url, schema: 'gateway', migrations: [GatewaySchema1763700000100] });
  return {
    database,
    memory: new PostgresDeadLetterMemory(database),
    end: async () => {
      await database.close();
      await place.drop();
    },
  };
});
