import { type PostgresTransaction } from '@tributary/persistence';
import { describeWithKafka } from '@tributary/testing';
import { aFactBus } from '../testing/fact-bus.contract';
import { kafkaWorld } from '../testing/kafka-world';

describeWithKafka('the Kafka fact bus', { brokers: 1 }, (kafka) => {
  aFactBus<PostgresTransaction>('on a real broker', () => kafkaWorld(kafka()));
});
