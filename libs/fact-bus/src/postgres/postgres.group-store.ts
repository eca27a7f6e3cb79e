/** A group's memory in PostgreSQL, in the schema `bus` or beside a service's outbox; runs inside the services' own transactions. */
import { type Topic } from '@tributary/facts';
import { type DeadLetter } from '../dead-letter';
import { rawFromText, rawToText, storable } from '../raw-record';
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

type QueueRow = Pick<ParkedFact, 'number' | 'position' | 'body' | 'failures'> & { readonly raw: string | null };

export class PostgresGroupStore implements GroupStore<SqlTransaction> {
  constructor(
    private readonly database: BusDatabase,
    /** What goes before the names of the tables: a schema with its dot, or a prefix. */
    protected readonly tables: string,
  ) {}

  async advance(tx: SqlTransaction, { group, partition, epoch }: Shard, topic: Topic, from: number, to: number): Promise<boolean> {
    return (await tx.execute(advanceSql(this.tables), [group, topic, partition, epoch, from, to])) === 1;
  }

  async hold(tx: SqlTransaction, { group, partition, epoch }: Shard): Promise<boolean> {
    return (await tx.query(holdSql(this.tables), [group, partition, epoch])).length > 0;
  }

  async park(tx: SqlTransaction, { group }: Shard, facts: readonly ToPark[]): Promise<void> {
    const column = <K extends keyof ToPark>(name: K): ToPark[K][] => facts.map((fact) => fact[name]);
    await tx.execute(parkSql(this.tables), [
      group,
      column('topic'),
      column('partition'),
      column('key'),
      column('position'),
      column('body'),
      facts.map(({ raw }) => (raw ? rawToText(raw) : null)),
      column('failures'),
      column('dueInMs'),
      facts.map(({ because }) => storable(because).slice(0, 4_000)),
    ]);
  }

  async queue(tx: SqlTransaction, { group, partition }: Shard, topic: Topic, key: string, limit: number): Promise<readonly ParkedFact[]> {
    const rows = await tx.query<QueueRow>(queueSql(this.tables), [group, topic, partition, key, limit]);
    return rows.map(({ raw, ...row }) => ({ ...row, topic, partition, key, ...(raw !== null && { raw: rawFromText(raw) }) }));
  }

  async unpark(tx: SqlTransaction, { group, partition }: Shard, facts: readonly ParkedFact[]): Promise<void> {
    for (const { topic, key, number } of facts) await tx.execute(unparkSql(this.tables), [group, topic, partition, key, [number]]);
  }

  async postpone(tx: SqlTransaction, { group, partition }: Shard, head: ParkedFact, failures: number, dueInMs: number, because: string): Promise<void> {
    await tx.execute(postponeSql(this.tables), [group, head.topic, partition, head.key, head.number, failures, dueInMs, storable(because).slice(0, 4_000)]);
  }

  async parkedKeys({ group, partition }: Shard): Promise<readonly ParkedKey[]> {
    return await this.database.query<ParkedKey>(parkedKeysSql(this.tables), [group, partition]);
  }

  async bury(tx: SqlTransaction, letters: readonly DeadLetter[]): Promise<void> {
    const column = <K extends keyof DeadLetter>(name: K): (DeadLetter[K] | null)[] => letters.map((letter) => letter[name] ?? null);
    const text = (name: 'factId' | 'factType'): (string | null)[] => letters.map((letter) => storable(letter[name] ?? '') || null);
    await tx.execute(burySql(this.tables), [
      column('id'),
      column('group'),
      column('topic'),
      column('partition'),
      column('position'),
      column('key'),
      column('body'),
      letters.map(({ raw }) => (raw ? rawToText(raw) : null)),
      column('reason'),
      letters.map(({ detail }) => storable(detail).slice(0, 8_000)),
      text('factId'),
      text('factType'),
    ]);
  }
}
