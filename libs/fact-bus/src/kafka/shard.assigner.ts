/**
 * Who gets which partitions of a group: the same number of every topic goes to the same member, everybody gets the same count, and
 * a member keeps what it has as far as its count allows, so that a join moves as little as possible.
 */
import { type Assigner, AssignerProtocol, type PartitionAssigner } from 'kafkajs';

export interface Claimant {
  readonly id: string;
  /** Topics that it reads. */
  readonly topics: readonly string[];
  /** Partition numbers that it has now. */
  readonly owned: readonly number[];
}

/** Partition numbers by member. Every number goes to one member; counts differ by one at most; the answer depends on nothing but the arguments' content. */
export function shareOut(members: readonly Claimant[], partitions: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const sorted = [...members].sort((a, b) => b.owned.length - a.owned.length || (a.id < b.id ? -1 : 1));
  const free = new Set(partitions);
  const base = Math.floor(partitions.length / Math.max(1, sorted.length));
  let extra = partitions.length - base * sorted.length;
  const shares = new Map<string, number[]>();
  for (const { id, owned } of sorted) {
    const mine = [...new Set(owned)].filter((partition) => free.has(partition));
    const quota = base + (mine.length > base && extra > 0 ? 1 : 0);
    if (quota > base) extra--;
    const kept = mine.slice(0, quota);
    for (const partition of kept) free.delete(partition);
    shares.set(id, kept);
  }
  const rest = [...free].sort((a, b) => a - b);
  for (const share of shares.values()) share.push(...rest.splice(0, Math.max(0, base - share.length)));
  for (const share of shares.values()) if (share.length === base) share.push(...rest.splice(0, 1));
  return shares;
}

/** `owned` tells what this member has at the moment of joining. */
export function shardAssigner(owned: () => readonly number[]): PartitionAssigner {
  return ({ cluster }): Assigner => ({
    name: 'TributaryShards',
    version: 1,
    protocol: ({ topics }) => ({
      name: 'TributaryShards',
      metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: Buffer.from(JSON.stringify(owned())) }),
    }),
    // Asynchronous, because kafkajs awaits it.
    assign: ({ members, topics }) => {
      const claimants = members.map(({ memberId, memberMetadata }) => claimantOf(memberId, memberMetadata, topics));
      const counts = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map(({ partitionId }) => partitionId)]));
      const partitions = [...new Set([...counts.values()].flat())].sort((a, b) => a - b);
      const shares = shareOut(claimants, partitions);
      return Promise.resolve(
        claimants.map(({ id, topics: read }) => ({
          memberId: id,
          memberAssignment: AssignerProtocol.MemberAssignment.encode({
            version: 1,
            assignment: Object.fromEntries(read.map((topic) => [topic, (shares.get(id) ?? []).filter((partition) => counts.get(topic)?.includes(partition))])),
            userData: Buffer.alloc(0),
          }),
        })),
      );
    },
  });
}

function claimantOf(id: string, metadata: Buffer, known: readonly string[]): Claimant {
  const decoded = AssignerProtocol.MemberMetadata.decode(metadata);
  return { id, topics: (decoded?.topics ?? known).filter((topic) => known.includes(topic)), owned: ownedOf(decoded?.userData) };
}

function ownedOf(userData: Buffer | undefined): readonly number[] {
  try {
    const value: unknown = JSON.parse(userData?.toString() ?? '[]');
    return Array.isArray(value) ? value.filter((entry): entry is number => Number.isInteger(entry)) : [];
  } catch {
    // A member of another release may say something else; it then has nothing to keep.
    return [];
  }
}
