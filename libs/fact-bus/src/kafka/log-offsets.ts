/**
 * Where partitions begin and end, foreign transactions included: kafkajs's admin client asks for the end of what is committed, which an
 * open transaction of somebody else holds back, and facts behind it would count as not there.
 */
import { type Cluster } from 'kafkajs';
import { type LazyCluster } from './kafka-client';

/** Offsets by partition, by topic. */
export type TopicOffsets = ReadonlyMap<string, ReadonlyMap<number, number>>;

export class LogOffsets {
  constructor(private readonly client: LazyCluster) {}

  /** One request per broker, for all the topics. Rejects when one of the leaders does not answer. */
  async ends(topics: readonly string[]): Promise<TopicOffsets> {
    return await this.#ask(topics, false);
  }

  async beginnings(topics: readonly string[]): Promise<TopicOffsets> {
    return await this.#ask(topics, true);
  }

  async #ask(topics: readonly string[], fromBeginning: boolean): Promise<TopicOffsets> {
    return await this.client.use(async ({ cluster }) => {
      await cluster.addMultipleTargetTopics([...topics]);
      await cluster.refreshMetadataIfNecessary();
      const wanted = topics.map((topic) => ({
        topic,
        fromBeginning,
        partitions: cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => ({ partition: partitionId })),
      }));
      const answers = await fetchOffsets(cluster, wanted);
      const offsets = new Map(answers.map(({ topic, partitions }) => [topic, new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]))]));
      const silent = wanted.filter(({ topic, partitions }) => partitions.length === 0 || offsets.get(topic)?.size !== partitions.length);
      if (silent.length > 0) throw new Error(`no offsets for ${silent.map(({ topic }) => topic).join(', ')}`);
      return offsets;
    });
  }
}

/** A leader that has just moved, or was just made, answers the second or third time. */
async function fetchOffsets(cluster: Cluster, wanted: Parameters<Cluster['fetchTopicsOffset']>[0]): ReturnType<Cluster['fetchTopicsOffset']> {
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.fetchTopicsOffset(wanted);
    } catch (error) {
      const { name, retriable } = error as Error & { retriable?: boolean };
      if (name !== 'KafkaJSProtocolError' || !retriable || tries >= 5) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 50 * tries);
      });
      await cluster.refreshMetadata();
    }
  }
}
