/** Topics: who may write decides the topic, so that no worker can forge a verdict. */
export const topics = ['gate.facts', 'scan.facts', 'definition.facts', 'ops.facts'] as const;
export type Topic = (typeof topics)[number];

/** `gate.facts` and `scan.facts` share one count: a task is in the same partition of both. Counts never change in place. */
export const defaultPartitions = 12;
export const topicSettings: Readonly<Record<Topic, { readonly partitions: number; readonly retentionMs: number; readonly compacted: boolean }>> = {
  'gate.facts': { partitions: defaultPartitions, retentionMs: 7 * 86_400_000, compacted: false },
  'scan.facts': { partitions: defaultPartitions, retentionMs: 7 * 86_400_000, compacted: false },
  'definition.facts': { partitions: 1, retentionMs: 7 * 86_400_000, compacted: true },
  'ops.facts': { partitions: 1, retentionMs: 7 * 86_400_000, compacted: false },
};
