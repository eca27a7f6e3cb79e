import { InMemoryDatabase } from '@tributary/persistence';
import { InMemoryGateMemory } from './in-memory.gate.memory';
import { aGateMemory } from './testing/gate.memory.contract';

aGateMemory('the memory in one process', () => {
  let now = 1_767_225_600_000;
  const database = new InMemoryDatabase();
  return Promise.resolve({
    memory: new InMemoryGateMemory(() => now),
    transaction: (work) => database.transaction(work),
    elapse: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
    end: () => database.close(),
  });
});
