/** A worker has scanned and says how it went. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Attempt, Counts, ReportRef, Round, Sha256, SubTaskType, TaskId } from '../fields';
import { namedTask } from './bare-facts';

export const SubTaskCompleted = defineFact({
  name: 'SubTaskCompleted',
  topic: 'scan.facts',
  aggregate: 'SubTask',
  publisher: 'a worker',
  says: 'A scan ran and the content is good enough.',
  schema: z.looseObject({
    taskId: TaskId,
    round: Round,
    subTaskType: SubTaskType,
    attempt: Attempt,
    result: z.enum(['PASS', 'WARN']),
    counts: Counts.optional(),
    report: ReportRef.optional(),
    manifestSha256: Sha256.optional(),
    manifestFormat: z.number().int().min(1).optional(),
  }),
  upcasters: { 0: namedTask },
});
export type SubTaskCompleted = FactOf<typeof SubTaskCompleted>;
