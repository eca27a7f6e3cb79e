/** Lists as the API answers them: a page and, where there is more, the cursor of the next. */
import { z } from 'zod';

export interface ListOf<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

export const listOf = (item: z.ZodType): z.ZodType => z.object({ items: z.array(item), nextCursor: z.string().optional() });
