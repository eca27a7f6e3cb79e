/** A group's memory in the schema `bus`; runs inside the services' own transactions. */
import { type Topic } from '@tributary/facts';
import { type DeadLetter } from '../dead-letter';
import { type GroupStore, type ParkedFact, type ParkedKey, type ToPark } from '../group-store';
import { type Shard } from '../port';
import { type BusDatabase, type SqlTransaction } from './bus-database';
import { advanceSql } from './sql/advance.sql';
import { burySql } from './sql/bury.sql';
import { holdSql } from './sql/hold.sql';
import { parkSql } from './sql/park.sql';
import { parkedKeysSql } from './sql/parked-keys.sql';
import { postponeSql } from './sql/postpone.sql';
import { queueSql } from './sql/queue.sql';
import { unparkSql } from './sql/unpark.sql';

type QueueRow = Pick<ParkedFact, 'number' | 'position' | 'body' | 'failures'>;

export class PostgresGroupStore implements GroupStore<SqlTransaction> {
  constructor(private readonly database: BusDatabase) {}

  async advance(tx: SqlTransaction, { group, partition, epoch }: Shard, topic: Topic, from: number, to: number): Promise<boolean> {
    return (await tx.execute(advanceSql, [group, topic, partition, epoch, from, to])) === 1;
  }

  async hold(tx: SqlTransaction, { group, partition, epoch }: Shard): Promise<boolean> {
    return (await tx.query(holdSql, [group, partition, epoch])).length > 0;
  }

  async park(tx: SqlTransaction, { group }: Shard, facts: readonly ToPark[]): Promise<void> {
    const column = <K extends keyof ToPark>(name: K): ToPark[K][] => facts.map((fact) => fact[name]);
    await tx.execute(parkSql, [
      group,
      column('topic'),
      column('partition'),
      column('key'),
      column('position'),
      column('body'),
      column('failures'),
      column('dueInMs'),
      facts.map(({ because }) => because.slice(0, 4_000)),
    ]);
  }

  async queue(tx: SqlTransaction, { group, partition }: Shard, topic: Topic, key: string, limit: number): Promise<readonly ParkedFact[]> {
    const rows = await tx.query<QueueRow>(queueSql, [group, topic, partition, key, limit]);
    return rows.map((row) => ({ ...row, topic, partition, key }));
  }

  async unpark(tx: SqlTransaction, { group, partition }: Shard, facts: readonly ParkedFact[]): Promise<void> {
    for (const { topic, key, number } of facts) await tx.execute(unparkSql, [group, topic, partition, key, [number]]);
  }

  async postpone(tx: SqlTransaction, { group, partition }: Shard, head: ParkedFact, failures: number, dueInMs: number, because: string): Promise<void> {
    await tx.execute(postponeSql, [group, head.topic, partition, head.key, head.number, failures, dueInMs, because.slice(0, 4_000)]);
  }

  async parkedKeys({ group, partition }: Shard): Promise<readonly ParkedKey[]> {
    return await this.database.query<ParkedKey>(parkedKeysSql, [group, partition]);
  }

  async bury(tx: SqlTransaction, letters: readonly DeadLetter[]): Promise<void> {
    const column = <K extends keyof DeadLetter>(name: K): (DeadLetter[K] | null)[] => letters.map((letter) => letter[name] ?? null);
    await tx.execute(burySql, [
      column('id'),
      column('group'),
      column('topic'),
      column('partition'),
      column('position'),
      column('key'),
      column('body'),
      column('reason'),
      letters.map(({ detail }) => detail.slice(0, 8_000)),
      column('factId'),
      column('factType'),
    ]);
  }
}
