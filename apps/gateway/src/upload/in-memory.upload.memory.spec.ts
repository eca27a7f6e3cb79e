import { InMemoryDatabase } from '@tributary/persistence';
import { InMemoryUploadMemory } from './in-memory.upload.memory';
import { anUploadMemory } from './testing/upload-memory.contract';

anUploadMemory('the in-memory memory of uploads', async () => {
  const database = new InMemoryDatabase();
  return { database, memory: new InMemoryUploadMemory(), end: () => database.close() };
});
