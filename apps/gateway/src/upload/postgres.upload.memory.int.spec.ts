import { PostgresDatabase } from '@tributary/persistence';
import { testPostgres } from '@tributary/testing';
import { GatewaySchema1763700000100 } from '../gateway-schema.migration';
import { PostgresUploadMemory } from './postgres.upload.memory';
import { anUploadMemory } from './testing/upload-memory.contract';

afterAll(async () => {
  await (await testPostgres()).stop();
});

anUploadMemory('the PostgreSQL memory of uploads', async () => {
  const place = await (await testPostgres()).database();
  const database = await PostgresDatabase.connect({ url: place.url, schema: 'gateway', migrations: [GatewaySchema1763700000100] });
  return {
    database,
    memory: new PostgresUploadMemory(database),
    end: async () => {
      await database.close();
      await place.drop();
    },
  };
});
