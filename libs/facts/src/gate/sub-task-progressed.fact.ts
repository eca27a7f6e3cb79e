/** A worker is at work; also its heartbeat. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Attempt, Count, Name, Round, SubTaskType, TaskId } from '../fields';
import { namedTask } from './bare-facts';

export const SubTaskProgressed = defineFact({
  name: 'SubTaskProgressed',
  topic: 'scan.facts',
  aggregate: 'SubTask',
  publisher: 'a worker',
  says: 'A scan is at work: how far it is, and that it lives.',
  schema: z.looseObject({ taskId: TaskId, round: Round, subTaskType: SubTaskType, attempt: Attempt, done: Count, total: Count, unit: Name }),
  upcasters: { 0: namedTask },
});
export type SubTaskProgressed = FactOf<typeof SubTaskProgressed>;
