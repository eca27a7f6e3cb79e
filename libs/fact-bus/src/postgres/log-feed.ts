/** The rows of one shard of the fact log, asked for topic by topic when there may be something new. */
import { type Topic } from '@tributary/facts';
import { type Stored } from '../decode';
import { type Page, type ShardFeed } from '../shard-feed';
import { type BusDatabase } from './bus-database';
import { fetchSql } from './sql/fetch.sql';

/** Bytes of a page at most, so that a reader's memory is bounded. */
const pageBytesMax = 4 * 1024 * 1024;

export class LogFeed implements ShardFeed {
  /** Topics that may have something new. */
  readonly #dirty: Set<Topic>;

  constructor(
    private readonly database: BusDatabase,
    private readonly topics: readonly Topic[],
    private readonly partition: number,
  ) {
    this.#dirty = new Set(topics);
  }

  mark(topic: Topic): void {
    this.#dirty.add(topic);
  }

  async next(position: (topic: Topic) => number, rowsMax: number): Promise<Page | undefined> {
    for (;;) {
      const [topic] = this.#dirty;
      if (topic === undefined) return undefined;
      this.#dirty.delete(topic);
      const rows = await this.database.query<Pick<Stored, 'position' | 'key' | 'body'>>(fetchSql, [
        topic,
        this.partition,
        position(topic),
        rowsMax,
        pageBytesMax,
      ]);
      if (rows.length === 0) continue;
      // At the end of the page, or of the bytes, there may be more.
      const bytes = rows.reduce((sum, { body }) => sum + body.length, 0);
      if (rows.length === rowsMax || bytes * 2 > pageBytesMax) this.#dirty.add(topic);
      return { topic, rows: rows.map((row) => ({ ...row, topic, partition: this.partition })) };
    }
  }

  done(): void {
    // Its position says it.
  }

  retry(): void {
    for (const topic of this.topics) this.#dirty.add(topic);
  }
}
