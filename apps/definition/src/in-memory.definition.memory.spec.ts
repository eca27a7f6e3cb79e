import { InMemoryDatabase } from '@tributary/persistence';
import { InMemoryDefinitionMemory } from './in-memory.definition.memory';
import { aDefinitionMemory } from './testing/definition.memory.contract';

aDefinitionMemory('the in-memory memory of definitions', async () => {
  const database = new InMemoryDatabase();
  return { database, memory: new InMemoryDefinitionMemory(), end: () => database.close() };
});
