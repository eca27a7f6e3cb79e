/** A Kafka for tests, fresh and empty, with the faults that a test may want where the source can do them. */
import { startLocalKafka, type LocalKafka } from '@tributary/local-runtime';
import { serviceSource } from './service-source';

export interface TestKafkaOptions {
  /** Three are always local: a broker that can be killed alone is what they are for. */
  readonly brokers: 1 | 3;
  /** Those of `TestKafka` are all there: always local too. */
  readonly faults?: boolean;
}

/** Nodes count from 0. The faults exist where the brokers are processes of ours; a container would come back under another port. */
export interface TestKafka {
  /** `127.0.0.1:19092`, comma-separated for three. */
  readonly bootstrap: string;
  /** `kill -9`. */
  readonly kill?: (node?: number) => Promise<void>;
  /** After a kill: same data, same address; resolves when it serves. */
  readonly restart?: (node?: number) => Promise<void>;
  /** There, but silent. */
  readonly pause?: (node?: number) => Promise<void>;
  readonly resume?: (node?: number) => void;
  /** Forgotten, it happens when the test process ends. */
  readonly stop: () => Promise<void>;
}

/** Topics are never created by a client; make yours with an admin client first. */
export async function testKafka(options: TestKafkaOptions): Promise<TestKafka> {
  const { brokers } = options;
  if (!isAlwaysLocal(options) && (await serviceSource()) === 'containers') return startInContainer();
  const kafka = await startLocalKafka({ brokers, log: (line) => process.stderr.write(`test services: ${line}\n`) });
  kafka.unref();
  return withFaults(kafka);
}

/** Whatever the source of the other services is. */
export function isAlwaysLocal({ brokers, faults = false }: TestKafkaOptions): boolean {
  return brokers === 3 || faults;
}

function withFaults(kafka: LocalKafka): TestKafka {
  const nodeAt = (index: number): LocalKafka['nodes'][number] => {
    const node = kafka.nodes[index];
    if (node === undefined) throw new RangeError(`there is no Kafka node ${String(index)}`);
    return node;
  };
  return {
    bootstrap: kafka.bootstrap,
    kill: (node = 0) => nodeAt(node).kill(),
    restart: (node = 0) => nodeAt(node).start({ brokersMin: kafka.nodes.filter(({ running }) => running).length + 1 }),
    pause: (node = 0) => nodeAt(node).pause(),
    resume: (node = 0) => {
      nodeAt(node).resume();
    },
    stop: () => kafka.stop(),
  };
}

async function startInContainer(): Promise<TestKafka> {
  const { KafkaContainer } = await import('@testcontainers/kafka');
  const container = await new KafkaContainer('confluentinc/cp-kafka:7.9.0')
    .withKraft()
    .withEnvironment({
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '200',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
    })
    .start();
  return {
    bootstrap: `${container.getHost()}:${String(container.getMappedPort(9093))}`,
    stop: async () => {
      await container.stop();
    },
  };
}
