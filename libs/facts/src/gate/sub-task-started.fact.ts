/** A worker takes part and has its own record. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Attempt, HeartbeatMs, Name, Round, Sha256, SubTaskType, TaskId } from '../fields';
import { namedTask } from './bare-facts';

export const SubTaskStarted = defineFact({
  name: 'SubTaskStarted',
  topic: 'scan.facts',
  aggregate: 'SubTask',
  publisher: 'a worker',
  says: 'A worker takes part: its own record exists and its scan begins.',
  schema: z.looseObject({
    taskId: TaskId,
    round: Round,
    subTaskType: SubTaskType,
    attempt: Attempt,
    workerVersion: Name.optional(),
    configRevision: z.number().int().min(0).optional(),
    heartbeatMs: HeartbeatMs.optional(),
    manifestSha256: Sha256.optional(),
    manifestFormat: z.number().int().min(1).optional(),
  }),
  upcasters: { 0: namedTask },
});
export type SubTaskStarted = FactOf<typeof SubTaskStarted>;
