import { InMemoryDatabase } from '@tributary/persistence';
import { InMemoryDeadLetterMemory } from './in-memory.dead-letter.memory';
import { aDeadLetterMemory } from './testing/dead-letter-memory.contract';

aDeadLetterMemory('the in-memory memory of dead letters', async () => {
  const database = new InMemoryDatabase();
  return { database, memory: new InMemoryDeadLetterMemory(), end: () => database.close() };
});
