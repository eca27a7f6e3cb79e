/** A worker does not take part, and says why. Information only: no verdict changes when it is removed. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { ReasonCode, Round, SubTaskType, TaskId, Text } from '../fields';
import { namedTask } from './bare-facts';

export const SubTaskDeclined = defineFact({
  name: 'SubTaskDeclined',
  topic: 'scan.facts',
  aggregate: 'SubTask',
  publisher: 'a worker',
  says: 'A worker does not take part, and why. Information only.',
  schema: z.looseObject({ taskId: TaskId, round: Round, subTaskType: SubTaskType, reasonCode: ReasonCode, detail: Text.optional() }),
  upcasters: { 0: namedTask },
});
export type SubTaskDeclined = FactOf<typeof SubTaskDeclined>;
