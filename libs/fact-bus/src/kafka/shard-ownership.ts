/** Taking shards over and giving them back, in the service's own database: epochs fence whoever had them before. */
import { type Topic } from '@tributary/facts';
import { type Shard, type Subscription } from '../port';
import { type BusDatabase, type SqlTransaction } from '../postgres/bus-database';
import { releaseSql } from '../postgres/sql/release.sql';
import { kafkaTables } from './kafka-bus-tables.migration';
import { type HighWater } from './kafka.group-store';
import { assignedSql } from './sql/assigned.sql';
import { heldShardsSql } from './sql/held-shards.sql';
import { highWaterSql } from './sql/high-water.sql';
import { moveSql } from './sql/move.sql';
import { seizeSql } from './sql/seize.sql';

/** Where the records of a partition begin and end, as positions. */
export interface Watermarks {
  readonly low: number;
  readonly high: number;
}

export interface TakenShard {
  readonly shard: Shard;
  readonly positions: ReadonlyMap<Topic, number>;
  readonly highWater: readonly HighWater[];
}

interface PositionRow {
  readonly topic: Topic;
  readonly partition: number;
  readonly position: number;
  readonly epoch: number;
}

export class ShardOwnership {
  constructor(
    private readonly database: BusDatabase,
    private readonly subscription: Subscription<SqlTransaction>,
    private readonly member: string,
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** Which of these shards are no longer ours. */
  async lost(shards: readonly Shard[]): Promise<ReadonlySet<Shard>> {
    const { group, topics } = this.subscription;
    if (shards.length === 0) return new Set();
    const rows = await this.database.query<PositionRow>(assignedSql, [group, [...topics], shards.map(({ partition }) => partition)]);
    return new Set(shards.filter(({ partition, epoch }) => rows.some((row) => row.partition === partition && row.epoch !== epoch)));
  }

  /** In one transaction with `onAssigned`. */
  async takeOver(partitions: readonly number[]): Promise<readonly TakenShard[]> {
    const { group, topics, onAssigned, database } = this.subscription;
    return await database.transaction(async (tx) => {
      const seized = await tx.query<PositionRow>(seizeSql, [group, [...partitions], this.member]);
      const rows = seized.filter(({ topic }) => topics.includes(topic));
      const water = await tx.query<HighWater & { readonly partition: number }>(highWaterSql, [group, [...partitions]]);
      const taken = [...Map.groupBy(rows, ({ partition }) => partition)].map(([partition, ofShard]): TakenShard => ({
        shard: { group, partition, epoch: ofShard[0]?.epoch ?? 0 },
        positions: new Map(ofShard.map(({ topic, position }) => [topic, position])),
        highWater: water.filter((row) => row.partition === partition),
      }));
      await onAssigned?.(
        taken.map(({ shard }) => shard),
        tx,
      );
      return taken;
    });
  }

  /** In good order where a shard is still ours; nothing happens to the others. */
  async release(shards: readonly Shard[]): Promise<void> {
    const { group, onReleasing, database } = this.subscription;
    const columns = [group, shards.map(({ partition }) => partition), shards.map(({ epoch }) => epoch)];
    await database.transaction(async (tx) => {
      const held = new Set((await tx.query<{ partition: number }>(heldShardsSql, columns)).map(({ partition }) => partition));
      const ours = shards.filter(({ partition }) => held.has(partition));
      if (ours.length === 0) return;
      await onReleasing?.(ours, tx);
      await tx.execute(releaseSql(kafkaTables), columns);
    });
  }

  /**
   * Records may be gone (retention), or the topic is another one: a position outside of it would wait for ever, or skip what comes. To
   * be asked with marks that were read after the takeover, when nobody else moves the positions any more.
   */
  async placed(taken: readonly TakenShard[], marks: (topic: Topic, partition: number) => Watermarks): Promise<readonly TakenShard[]> {
    const placed: TakenShard[] = [];
    for (const one of taken) {
      const positions = new Map(one.positions);
      for (const [topic, position] of one.positions) {
        const { low, high } = marks(topic, one.shard.partition);
        if (position >= low && position <= high) continue;
        await this.#move(one.shard, topic, position, low, position > high ? 'the topic ends before it' : 'its records are gone');
        positions.set(topic, low);
      }
      placed.push({ ...one, positions });
    }
    return placed;
  }

  async #move({ group, partition, epoch }: Shard, topic: Topic, from: number, to: number, because: string): Promise<void> {
    // A group that has read nothing begins where the records begin; there is nothing to tell about.
    if (from > 0) this.onTrouble(new Error(`${topic}/${partition}: the position ${from} is moved to ${to}, because ${because}`));
    await this.database.query(moveSql, [group, topic, partition, epoch, to]);
  }
}
