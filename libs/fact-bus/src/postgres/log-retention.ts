/**
 * Keeps the fact log from growing for ever: hourly, and a little at a time, what is older than its topic keeps its records and was
 * read by every group. A compacted topic is small and stays. Several processes may be at it at once.
 */
import { type Topic, topics, topicSettings } from '@tributary/facts';
import { type BusOptions } from '../options';
import { type BusDatabase } from './bus-database';
import { trimLogSql } from './sql/trim-log.sql';

const everyMs = 3_600_000;
const firstAfterMs = 60_000;
const rowsMax = 5_000;

/** Milliseconds that a topic keeps its facts; undefined: for ever. */
export type Retention = (topic: Topic) => number | undefined;

const asTopicsSay: Retention = (topic) => (topicSettings[topic].compacted ? undefined : topicSettings[topic].retentionMs);

export class LogRetention {
  #cancel: () => void = () => undefined;
  #closed = false;
  #trimming: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: BusDatabase,
    private readonly bus: Pick<Required<BusOptions>, 'clock' | 'onTrouble'>,
    private readonly retention: Retention = asTopicsSay,
  ) {}

  start(): void {
    this.#in(firstAfterMs);
  }

  async stop(): Promise<void> {
    this.#closed = true;
    this.#cancel();
    await this.#trimming;
  }

  /** Answers how many facts went. */
  async trim(): Promise<number> {
    let removed = 0;
    for (const topic of topics) {
      const keepMs = this.retention(topic);
      if (keepMs === undefined) continue;
      for (let partition = 0; partition < topicSettings[topic].partitions && !this.#closed; partition++)
        removed += await this.#trimOne(topic, partition, keepMs);
    }
    return removed;
  }

  async #trimOne(topic: Topic, partition: number, keepMs: number): Promise<number> {
    let removed = 0;
    for (;;) {
      const [row] = await this.database.query<{ removed: number; unread: number }>(trimLogSql, [topic, partition, keepMs, rowsMax]);
      if (row && row.unread > 0)
        this.bus.onTrouble(new Error(`${row.unread} facts that a group had not read were past four times their time, and are gone`), `${topic}/${partition}`);
      removed += row?.removed ?? 0;
      if (!row || row.removed < rowsMax || this.#closed) return removed;
    }
  }

  #in(delayMs: number): void {
    this.#cancel = this.bus.clock.after(delayMs, () => {
      this.#trimming = this.trim()
        .catch((error: unknown) => {
          this.bus.onTrouble(error, 'retention');
        })
        .then(() => {
          if (!this.#closed) this.#in(everyMs);
        });
    });
  }
}
