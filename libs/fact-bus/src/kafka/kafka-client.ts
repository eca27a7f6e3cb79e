/** kafkajs as this bus uses it: no console output, no topics by accident, short retries because we retry ourselves. */
import { type Admin, type Cluster, Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { quietRequestQueues } from './quiet-request-queue';

/** A line that kafkajs would have written. Its ERROR lines are no alerts: first use after a start logs several. */
export interface KafkaLogLine {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly namespace: string;
  readonly message: string;
}

const levels: Readonly<Record<number, KafkaLogLine['level']>> = { [logLevel.ERROR]: 'error', [logLevel.WARN]: 'warn', [logLevel.INFO]: 'info' };

/** `config` says where the brokers are and how to be let in. */
export function kafkaClient(config: KafkaConfig, onLog: (line: KafkaLogLine) => void = () => undefined): Kafka {
  quietRequestQueues();
  return new Kafka({
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    logLevel: logLevel.WARN,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    ...config,
    logCreator:
      () =>
      ({ level, namespace, log }) => {
        onLog({ level: levels[level] ?? 'debug', namespace, message: log.message });
      },
  });
}

/**
 * Where a connection can begin: the brokers that were named, and those that they told of. A broker that was the only one named may go for good; kafkajs
 * itself would ask it and nobody else for every new connection.
 */
export class KnownBrokers {
  #told: readonly string[] = [];

  constructor(private readonly named: KafkaConfig['brokers']) {}

  /** `host:port`, those that were named first. */
  readonly all = async (): Promise<string[]> => {
    const named = typeof this.named === 'function' ? await this.named() : this.named;
    return [...new Set([...named, ...this.#told])];
  };

  async learn(admin: Admin): Promise<void> {
    const { brokers } = await admin.describeCluster();
    this.#told = brokers.map(({ host, port }) => `${host}:${port}`);
  }
}

interface Disconnectable {
  disconnect(): Promise<void>;
}

/** A client that is connected when it is needed and given up after an error, so that the next use begins anew. */
export class LazyClient<C extends Disconnectable> {
  #current: { readonly client: Promise<C>; uses: number; spoilt: boolean } | undefined;

  constructor(private readonly connect: () => Promise<C>) {}

  async use<R>(work: (client: C) => Promise<R>): Promise<R> {
    const current = (this.#current ??= { client: this.connect(), uses: 0, spoilt: false });
    current.uses++;
    try {
      return await work(await current.client);
    } catch (error) {
      current.spoilt = true;
      if (this.#current === current) this.#current = undefined;
      throw error;
    } finally {
      current.uses--;
      // Others may be in the middle of something with it.
      if (current.spoilt && current.uses === 0) void disconnect(current.client);
    }
  }

  async close(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    if (current) await disconnect(current.client);
  }
}

async function disconnect(client: Promise<Disconnectable>): Promise<void> {
  await client.then((connected) => connected.disconnect()).catch(() => undefined);
}

export type LazyAdmin = LazyClient<Admin>;

export function lazyAdmin(kafka: Kafka, brokers: KnownBrokers): LazyAdmin {
  return new LazyClient(async () => {
    const admin = kafka.admin();
    await admin.connect();
    await brokers.learn(admin);
    return admin;
  });
}

/** kafkajs's own client, for what its public ones cannot ask. */
export interface ClusterClient {
  readonly cluster: Cluster;
  disconnect(): Promise<void>;
}

export type LazyCluster = LazyClient<ClusterClient>;

export function lazyCluster(kafka: Kafka): LazyCluster {
  return new LazyClient(() => connectCluster(kafka));
}

/** The only door to it, and to one that reads uncommitted: a consumer's assigner is given it. The consumer itself never runs. */
async function connectCluster(kafka: Kafka): Promise<ClusterClient> {
  const doors: Cluster[] = [];
  kafka.consumer({
    groupId: 'tributary-offsets',
    readUncommitted: true,
    allowAutoTopicCreation: false,
    partitionAssigners: [
      ({ cluster }) => {
        doors.push(cluster);
        return { name: 'none', version: 0, assign: () => Promise.resolve([]), protocol: () => ({ name: 'none', metadata: Buffer.alloc(0) }) };
      },
    ],
  });
  const [cluster] = doors;
  if (!cluster) throw new Error('kafkajs made no client');
  await cluster.connect();
  return { cluster, disconnect: () => cluster.disconnect() };
}
