/** Replays on a bus where every service keeps its own dead letters: each hears `ReplayRequested` and takes back what is its own. */
import { type ReplayRequested } from '@tributary/facts';
import { type FactBus, type Subscription } from '@tributary/fact-bus';
import { type PostgresDatabase, type PostgresTransaction } from '@tributary/persistence';

export function replays(service: string, database: PostgresDatabase, bus: Pick<FactBus<PostgresTransaction>, 'replay'>): Subscription<PostgresTransaction> {
  return {
    group: `${service}.replays`,
    topics: ['ops.facts'],
    database,
    handle: async (batch, tx) => {
      const asked = batch.map(({ fact }) => fact).filter((fact): fact is ReplayRequested => fact.type === 'ReplayRequested');
      const mine = asked.filter(({ data: { group } }) => group === service || group.startsWith(`${service}.`));
      // One that is no longer open is left alone.
      for (const { data } of mine) await bus.replay(tx as PostgresTransaction, data.deadLetterId);
      return [];
    },
  };
}
