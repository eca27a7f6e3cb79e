/** __Sentence__. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Round, TaskId, Text } from '../fields';

export const __Name__ = defineFact({
  name: '__Name__',
  topic: '__topic__',
  aggregate: 'MainTask',
  publisher: '__publisher__',
  says: '__Sentence__.',
  schema: z.looseObject({ taskId: TaskId, round: Round, detail: Text.optional() }),
});
export type __Name__ = FactOf<typeof __Name__>;
