/** Keys for tests, by the partition they belong to. */
import { partitionOf, type Topic, topicSettings } from '@tributary/facts';

export function keyIn(topic: Topic, partition: number): string {
  for (let n = 0; ; n++) if (partitionOf(`key-${n}`, topicSettings[topic].partitions) === partition) return `key-${n}`;
}
