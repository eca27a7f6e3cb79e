import { Kafka, logLevel } from 'kafkajs';
import { describeWithKafka } from './where-kafka-runs';

async function topicsOf(bootstrap: string): Promise<readonly string[]> {
  const admin = new Kafka({ brokers: bootstrap.split(','), logLevel: logLevel.NOTHING, retry: { retries: 2 }, connectionTimeout: 500 }).admin();
  await admin.connect();
  try {
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

describeWithKafka('Kafka for tests', { brokers: 1 }, (started) => {
  it('starts empty, and survives a kill where kills are possible', async () => {
    const kafka = started();
    const admin = new Kafka({ brokers: [kafka.bootstrap], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    expect(await admin.listTopics()).toEqual([]);
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 2 }], waitForLeaders: true });
    await admin.disconnect();
    if (kafka.kill !== undefined && kafka.restart !== undefined) {
      await kafka.kill();
      await expect(topicsOf(kafka.bootstrap)).rejects.toThrow();
      await kafka.restart();
    }
    expect(await topicsOf(kafka.bootstrap)).toEqual(['kept']);
    expect(() => kafka.pause?.(7)).toThrow(RangeError);
  });
});
