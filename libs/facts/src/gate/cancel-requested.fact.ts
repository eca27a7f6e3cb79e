/** Somebody asked for the task's end. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name, TaskId, Text } from '../fields';

export const CancelRequested = defineFact({
  name: 'CancelRequested',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'Somebody asked to close the window without a result.',
  schema: z.looseObject({ taskId: TaskId, by: Name.optional(), reason: Text.optional() }),
});
export type CancelRequested = FactOf<typeof CancelRequested>;
