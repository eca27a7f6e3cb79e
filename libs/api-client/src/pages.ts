/** Lists to their end. */
import { type ListOf } from '@tributary/http-api';
import { type Page } from './documents';

/** Every page in turn; the next one is asked for when it is wanted. `first` is where to begin and how large pages are. */
export async function* pages<Item>(read: (page: Page) => Promise<ListOf<Item>>, first: Page = {}): AsyncGenerator<ListOf<Item>> {
  for (let page = first; ;) {
    const answer = await read(page);
    yield answer;
    if (answer.nextCursor === undefined) return;
    page = { ...first, cursor: answer.nextCursor };
  }
}

/** Every item in turn. */
export async function* items<Item>(read: (page: Page) => Promise<ListOf<Item>>, first: Page = { limit: 500 }): AsyncGenerator<Item> {
  for await (const page of pages(read, first)) yield* page.items;
}
