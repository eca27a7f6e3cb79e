/** Creates the topics up front, with explicit partition counts. What exists is checked and never changed: an operator decides that. */
import { type Topic, topics as allTopics, topicSettings } from '@tributary/facts';
import { type Admin, ConfigResourceTypes, type ITopicConfig } from 'kafkajs';

export interface GroupTopics {
  readonly group: string;
  readonly topics: readonly Topic[];
}

export interface EnsureTopicsOptions {
  /** Goes before every topic's name: several installations on one cluster. */
  readonly prefix?: string;
  /** Default: all. */
  readonly topics?: readonly Topic[];
  /** Their dead-letter topics are created, too. */
  readonly groups?: readonly GroupTopics[];
  /** Default: the broker's. */
  readonly replicationFactor?: number;
  readonly timeoutMs?: number;
}

export interface EnsuredTopics {
  readonly created: readonly string[];
  /** Settings of existing topics that are not as this bus wants them. */
  readonly deviations: readonly string[];
}

const mebibyte = 1024 * 1024;

export function deadLetterTopic(topic: Topic, group: string): string {
  return `${topic}.${group}.dlq`;
}

/** Resolves when every topic has all its leaders. Rejects when a topic has another number of partitions: keys would be elsewhere. */
export async function ensureTopics(admin: Admin, options: EnsureTopicsOptions = {}): Promise<EnsuredTopics> {
  const wanted = wantedTopics(options);
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  if (missing.length > 0) await admin.createTopics({ topics: [...missing], waitForLeaders: false, timeout: options.timeoutMs ?? 15_000 });
  await untilLed(admin, wanted, options.timeoutMs ?? 15_000);
  return { created: missing.map(({ topic }) => topic), deviations: await deviations(admin, wanted, existing) };
}

function wantedTopics({ prefix = '', topics = allTopics, groups = [], replicationFactor = -1 }: EnsureTopicsOptions): readonly ITopicConfig[] {
  const entries = (settings: Readonly<Record<string, string | number>>): NonNullable<ITopicConfig['configEntries']> =>
    Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }));
  const facts = topics.map((topic): ITopicConfig => {
    const { partitions, retentionMs, compacted } = topicSettings[topic];
    return {
      topic: prefix + topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: entries({
        'compression.type': 'uncompressed',
        'cleanup.policy': compacted ? 'compact' : 'delete',
        'max.message.bytes': mebibyte,
        'retention.ms': retentionMs,
      }),
    };
  });
  // One partition: dead letters are few, and their key and place are in the record and its headers. Room for the headers beside the largest record.
  const letters = groups.flatMap(({ group, topics: read }) =>
    read.map((topic): ITopicConfig => ({
      topic: prefix + deadLetterTopic(topic, group),
      numPartitions: 1,
      replicationFactor,
      configEntries: entries({
        'compression.type': 'uncompressed',
        'cleanup.policy': 'delete',
        'max.message.bytes': 2 * mebibyte,
        'retention.ms': 30 * 86_400_000,
      }),
    })),
  );
  return [...facts, ...letters];
}

async function untilLed(admin: Admin, wanted: readonly ITopicConfig[], timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) }).catch(() => undefined);
    const leaderless = wanted.filter(({ topic, numPartitions }) => {
      const partitions = found?.topics.find(({ name }) => name === topic)?.partitions ?? [];
      if (partitions.length > 0 && partitions.length !== numPartitions) {
        throw new Error(`the topic ${topic} has ${partitions.length} partitions, not ${numPartitions ?? 0}; a count never changes in place`);
      }
      return partitions.length === 0 || partitions.some(({ leader }) => leader < 0);
    });
    if (leaderless.length === 0) return;
    if (performance.now() > deadline) throw new Error(`no leader within ${timeoutMs} ms: ${leaderless.map(({ topic }) => topic).join(', ')}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

async function deviations(admin: Admin, wanted: readonly ITopicConfig[], existing: ReadonlySet<string>): Promise<readonly string[]> {
  const old = wanted.filter(({ topic }) => existing.has(topic));
  if (old.length === 0) return [];
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: old.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic })),
  });
  return old.flatMap(({ topic, configEntries = [] }) => {
    const actual = resources.find(({ resourceName }) => resourceName === topic)?.configEntries ?? [];
    return configEntries.flatMap(({ name, value }) => {
      const is = actual.find(({ configName }) => configName === name)?.configValue;
      return is === undefined || is === value ? [] : [`${topic}: ${name} is ${is}, not ${value}`];
    });
  });
}
