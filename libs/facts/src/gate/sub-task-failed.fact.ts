/** A worker's scan found the content not good enough, or could not run. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Attempt, Counts, ReportRef, Round, Sha256, SubTaskType, TaskId, Text } from '../fields';
import { namedTask } from './bare-facts';

/** QUALITY: the scan ran, the content is not good enough. TRANSIENT, UNRECOVERABLE: the scan could not run; final. */
export const failureKinds = ['QUALITY', 'TRANSIENT', 'UNRECOVERABLE'] as const;
export type FailureKind = (typeof failureKinds)[number];

export const SubTaskFailed = defineFact({
  name: 'SubTaskFailed',
  topic: 'scan.facts',
  aggregate: 'SubTask',
  publisher: 'a worker',
  says: 'A scan found the content not good enough (QUALITY), or could not run (TRANSIENT, UNRECOVERABLE).',
  schema: z.looseObject({
    taskId: TaskId,
    round: Round,
    subTaskType: SubTaskType,
    attempt: Attempt,
    failureKind: z.enum(failureKinds).default('QUALITY'),
    reason: Text.min(1),
    counts: Counts.optional(),
    report: ReportRef.optional(),
    manifestSha256: Sha256.optional(),
    manifestFormat: z.number().int().min(1).optional(),
  }),
  upcasters: { 0: namedTask },
});
export type SubTaskFailed = FactOf<typeof SubTaskFailed>;
