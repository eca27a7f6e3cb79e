import { type PostgresTransaction } from '@tributary/persistence';
import { describeWithKafka } from '@tributary/testing';
import { aFact, numberOf } from '../testing/a-fact';
import { eventually } from '../testing/fact-bus.contract';
import { type KafkaProcess, type KafkaWorld, kafkaWorld } from '../testing/kafka-world';
import { keyIn } from '../testing/keys';

const topic = 'scan.facts';
const key = keyIn(topic, 3);

describeWithKafka('the Kafka fact bus on three brokers', { brokers: 3 }, (kafka) => {
  let world: KafkaWorld;
  let process: KafkaProcess;

  beforeAll(async () => {
    world = await kafkaWorld(kafka());
  });
  afterAll(async () => {
    await process.close();
    await world.end();
  });

  it('[P-011] goes on when the only one that was named is gone, and takes in who joins afterwards', async () => {
    process = await world.start({ kafka: { brokers: [kafka().bootstrap.split(',')[0]!] } });
    const join = (group: string): Promise<unknown> =>
      process.bus.subscribe({
        group,
        topics: [topic],
        database: process.database,
        handle: async (batch, tx) => {
          const rows = batch.map(({ fact }) => ({ group, member: 'a', factId: fact.id, key, number: numberOf(fact) }));
          await process.write(tx as PostgresTransaction, rows);
          return [];
        },
      });
    const publish = (n: number): Promise<void> =>
      process.database.transaction(async (tx) => {
        process.bus.publish(tx, [aFact(key, n)]);
      });
    const heard = (group: string, numbers: readonly number[]): Promise<boolean> =>
      eventually(async () => {
        const own = (await world.effects()).filter((row) => row.group === group).map(({ number }) => number);
        return JSON.stringify(own) === JSON.stringify(numbers);
      }, 40_000);

    await join('before');
    await publish(1);
    await heard('before', [1]);
    await kafka().kill!(0);
    await publish(2);
    await heard('before', [1, 2]);
    await join('after');
    await heard('after', [1, 2]);
  }, 120_000);
});
