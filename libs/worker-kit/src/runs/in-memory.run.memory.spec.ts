import { InMemoryDatabase } from '@tributary/persistence';
import { ManualClock } from '../testing/a-run';
import { aRunMemory } from '../testing/run-memory.contract';
import { InMemoryRunMemory } from './in-memory.run.memory';

aRunMemory('runs in memory', () => {
  const clock = new ManualClock();
  const database = new InMemoryDatabase();
  return Promise.resolve({ memory: new InMemoryRunMemory(clock), database, pass: (ms) => clock.advance(ms), end: () => database.close() });
});
