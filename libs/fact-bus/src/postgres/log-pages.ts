/**
 * What lies on the fact log behind a position, asked once for all groups of a process: they are woken together and most stand at the
 * same place. An answer is shared until the place is said to have changed, so nobody waits for what was committed after the question.
 */
import { type Topic } from '@tributary/facts';
import { type Stored } from '../decode';
import { type BusDatabase } from './bus-database';
import { fetchSql } from './sql/fetch.sql';

/** Bytes of a page at most, so that a reader's memory is bounded. */
export const pageBytesMax = 4 * 1024 * 1024;
/** A larger page is shared only while it is on its way. */
const keptLengthMax = 64 * 1024;

interface Asked {
  readonly position: number;
  readonly rowsMax: number;
  readonly rows: Promise<readonly Stored[]>;
}

export class LogPages {
  readonly #asked = new Map<string, Asked>();

  constructor(private readonly database: BusDatabase) {}

  /** There may be something new. */
  changed(topic: Topic, partition: number): void {
    this.#asked.delete(`${topic}/${partition}`);
  }

  /** Nobody needs the earlier answers any more. */
  forget(): void {
    this.#asked.clear();
  }

  /** At most so many rows, and about `pageBytesMax`. The rows are the same objects for all who ask. */
  async rows(topic: Topic, partition: number, position: number, rowsMax: number): Promise<readonly Stored[]> {
    const place = `${topic}/${partition}`;
    const known = this.#asked.get(place);
    if (known?.position === position && known.rowsMax === rowsMax) return await known.rows;
    const asked: Asked = { position, rowsMax, rows: this.#ask(topic, partition, position, rowsMax) };
    this.#asked.set(place, asked);
    let length = Infinity;
    try {
      const rows = await asked.rows;
      length = rows.reduce((sum, { body }) => sum + body.length, 0);
      return rows;
    } finally {
      if (length > keptLengthMax && this.#asked.get(place) === asked) this.#asked.delete(place);
    }
  }

  async #ask(topic: Topic, partition: number, position: number, rowsMax: number): Promise<readonly Stored[]> {
    const rows = await this.database.query<Pick<Stored, 'position' | 'key' | 'body'>>(fetchSql, [topic, partition, position, rowsMax, pageBytesMax]);
    return rows.map((row) => ({ ...row, topic, partition }));
  }
}
