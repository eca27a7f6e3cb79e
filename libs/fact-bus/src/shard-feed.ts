/** Where a shard's reader gets its rows from: a table that is asked, or a consumer that fills a queue. */
import { type Topic } from '@tributary/facts';
import { type Stored } from './decode';

export interface Page {
  readonly topic: Topic;
  readonly rows: readonly Stored[];
  /** Where the reader stands after the page, when that is further than its last row. */
  readonly to?: number;
}

export interface ShardFeed {
  /** What comes next, at most so many rows; `undefined` while there is nothing. The same page again until it is `done`. */
  next(position: (topic: Topic) => number, rowsMax: number): Promise<Page | undefined>;
  /** The page was handled. */
  done(page: Page): void;
  /** Something went wrong: whatever was not done must come again. */
  retry(): void;
}
