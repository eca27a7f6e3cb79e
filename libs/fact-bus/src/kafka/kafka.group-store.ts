/**
 * A group's memory beside the service's outbox. What a relay or a producer has said twice is left out in the transaction of the
 * effects: facts of an outbox by their sequence, foreign facts by their identity and content. One instance per owned shard.
 */
import { canonicalJson, type Topic } from '@tributary/facts';
import { createHash } from 'node:crypto';
import { type DeadLetter } from '../dead-letter';
import { decode, type Stored } from '../decode';
import { type Shard } from '../port';
import { type BusDatabase, type SqlTransaction } from '../postgres/bus-database';
import { PostgresGroupStore } from '../postgres/postgres.group-store';
import { kafkaTables } from './kafka-bus-tables.migration';
import { advanceHearingSql } from './sql/high-water.sql';
import { seenFactsSql } from './sql/seen-facts.sql';

export interface HighWater {
  readonly topic: Topic;
  readonly outbox: string;
  readonly sequence: number;
}

const waterKey = (topic: Topic, outbox: string): string => `${topic}\u0000${outbox}`;

export class KafkaGroupStore extends PostgresGroupStore {
  /** How far each outbox was heard, as committed: only the shard's owner moves it, so it need not be read again. */
  readonly #heard: Map<string, number>;
  /** What a transaction will have heard when it commits, by outbox. */
  readonly #hearing = new WeakMap<SqlTransaction, ReadonlyMap<string, number>>();

  constructor(
    database: BusDatabase,
    highWater: readonly HighWater[],
    /** Puts a copy of a dead letter into the outbox. */
    private readonly copy: (tx: SqlTransaction, letters: readonly DeadLetter[]) => void,
  ) {
    super(database, kafkaTables);
    this.#heard = new Map(highWater.map(({ topic, outbox, sequence }) => [waterKey(topic, outbox), sequence]));
  }

  async fresh(tx: SqlTransaction, shard: Shard, topic: Topic, rows: readonly Stored[]): Promise<readonly Stored[]> {
    const raised = new Map<string, number>();
    const unheard = rows.filter(({ origin }) => {
      if (!origin) return true;
      const before = raised.get(origin.outbox) ?? this.#heard.get(waterKey(topic, origin.outbox)) ?? 0;
      if (origin.sequence <= before) return false;
      raised.set(origin.outbox, origin.sequence);
      return true;
    });
    if (raised.size > 0) this.#hearing.set(tx, raised);
    return await this.#unseen(tx, shard, topic, unheard);
  }

  /** With what was heard in the same statement: each of them costs a burst a round trip. */
  override async advance(tx: SqlTransaction, shard: Shard, topic: Topic, from: number, to: number): Promise<boolean> {
    const hearing = this.#hearing.get(tx);
    if (!hearing) return await super.advance(tx, shard, topic, from, to);
    const { group, partition, epoch } = shard;
    const moved = await tx.query(advanceHearingSql, [group, topic, partition, epoch, from, to, [...hearing.keys()], [...hearing.values()]]);
    tx.afterCommit(() => {
      for (const [outbox, sequence] of hearing) this.#heard.set(waterKey(topic, outbox), sequence);
    });
    return moved.length === 1;
  }

  override async bury(tx: SqlTransaction, letters: readonly DeadLetter[]): Promise<void> {
    await super.bury(tx, letters);
    this.copy(tx, letters);
  }

  /** Without the foreign facts that were seen before, here or earlier in these rows. Poison has no identity and always stays. */
  async #unseen(tx: SqlTransaction, { group, partition }: Shard, topic: Topic, rows: readonly Stored[]): Promise<readonly Stored[]> {
    const digests = new Map<Stored, string>();
    const said = new Set<string>();
    const repeated = new Set<Stored>();
    for (const row of rows) {
      const digest = row.origin ? undefined : digestOf(row);
      if (digest === undefined) continue;
      if (said.has(digest)) repeated.add(row);
      else digests.set(row, digest);
      said.add(digest);
    }
    if (digests.size === 0) return rows;
    const bytes = [...digests.values()].map((digest) => Buffer.from(digest, 'hex'));
    const fresh = new Set((await tx.query<{ digest: Buffer }>(seenFactsSql, [group, topic, partition, bytes])).map(({ digest }) => digest.toString('hex')));
    return rows.filter((row) => {
      const digest = digests.get(row);
      return !repeated.has(row) && (digest === undefined || fresh.has(digest));
    });
  }
}

/** Identity and content: the same id with other content is somebody else's to judge. */
function digestOf(row: Stored): string | undefined {
  const decoded = decode(row);
  if (decoded.kind !== 'fact') return undefined;
  const { source, id, type } = decoded.fact;
  return createHash('sha256')
    .update(canonicalJson([source, id, type, decoded.said]))
    .digest('hex');
}
