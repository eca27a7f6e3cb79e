import { topicSettings, partitionOf } from '@tributary/facts';
import { v7 } from 'uuid';
import { InMemoryDatabase, type InMemoryTransaction } from '@tributary/persistence';
import { aFactBus, type BusProcess, type BusWorld, type Effect } from '../testing/fact-bus.contract';
import { InMemoryFactBus, InMemoryGroups } from './in-memory.fact-bus';
import { InMemoryLog } from './in-memory.log';

async function inMemoryWorld(random?: () => number): Promise<BusWorld<InMemoryTransaction>> {
  const [log, groups, database] = [new InMemoryLog(), new InMemoryGroups(), new InMemoryDatabase()];
  const effects: Effect[] = [];
  return {
    takeoverMs: 100,
    start: async (): Promise<BusProcess<InMemoryTransaction>> => {
      const bus = new InMemoryFactBus({ log, groups, newId: v7, retry: { attemptsMax: 3, backoffMs: () => 100, laterMs: 50 }, ...(random && { random }) });
      return {
        bus,
        database,
        write: async (tx, rows) => {
          effects.push(...rows);
          tx.undo(() => effects.splice(-rows.length, rows.length));
        },
        crash: () => bus.crash(),
        close: () => bus.close(),
      };
    },
    effects: async () => effects,
    poison: async (topic, key, body) => {
      log.appendRaw({ topic, partition: partitionOf(key, topicSettings[topic].partitions), key, body });
    },
    deadLetters: async () => log.deadLetters,
    end: async () => undefined,
  };
}

aFactBus('the in-memory fact bus', () => inMemoryWorld());

let seed = 1;
aFactBus('the in-memory fact bus with random batches and delays', () => inMemoryWorld(() => ((seed = (seed * 16_807) % 2_147_483_647) - 1) / 2_147_483_646));
