/** Somebody asked for another scan; the round is allotted. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name, TaskId, Text } from '../fields';
import { defaultPolicy, PolicySnapshot } from '../policy';
import { TaskContext } from './main-task-created.fact';

export const RescanRequested = defineFact({
  name: 'RescanRequested',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'Another round opens over the same package; workers listen to it as to MainTaskCreated.',
  schema: z.looseObject({
    taskId: TaskId,
    by: Name.optional(),
    reason: Text.optional(),
    round: z.number().int().min(2).max(1_000_000),
    context: TaskContext,
    policy: PolicySnapshot.default(defaultPolicy),
  }),
});
export type RescanRequested = FactOf<typeof RescanRequested>;
