/** The rows of one shard of the fact log, asked for topic by topic when there may be something new. */
import { type Topic } from '@tributary/facts';
import { type Page, type ShardFeed } from '../shard-feed';
import { type LogPages, pageBytesMax } from './log-pages';

export class LogFeed implements ShardFeed {
  /** Topics that may have something new. */
  readonly #dirty = new Set<Topic>();

  constructor(
    private readonly pages: LogPages,
    private readonly topics: readonly Topic[],
    private readonly partition: number,
  ) {
    this.retry();
  }

  mark(topic: Topic): void {
    this.pages.changed(topic, this.partition);
    this.#dirty.add(topic);
  }

  async next(position: (topic: Topic) => number, rowsMax: number): Promise<Page | undefined> {
    for (;;) {
      const [topic] = this.#dirty;
      if (topic === undefined) return undefined;
      this.#dirty.delete(topic);
      const rows = await this.pages.rows(topic, this.partition, position(topic), rowsMax);
      if (rows.length === 0) continue;
      // At the end of the page, or of the bytes, there may be more.
      const bytes = rows.reduce((sum, { body }) => sum + body.length, 0);
      if (rows.length === rowsMax || bytes * 2 > pageBytesMax) this.#dirty.add(topic);
      return { topic, rows };
    }
  }

  done(): void {
    // Its position says it.
  }

  retry(): void {
    for (const topic of this.topics) this.mark(topic);
  }
}
