import { type PostgresTransaction } from '@tributary/persistence';
import { type TestKafka, testKafka, testPostgres } from '@tributary/testing';
import { aFactBus } from '../testing/fact-bus.contract';
import { kafkaWorld } from '../testing/kafka-world';

let kafka: TestKafka;
beforeAll(async () => {
  kafka = await testKafka();
});
afterAll(async () => {
  await kafka.stop();
  await (await testPostgres()).stop();
});

aFactBus<PostgresTransaction>('the Kafka fact bus', () => kafkaWorld(kafka));
