/** A later verdict of a task: a new revision with its reason. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { FactId } from '../fields';
import { verdictFields } from './main-task-converged.fact';

export const MainTaskReconverged = defineFact({
  name: 'MainTaskReconverged',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'A new revision of the verdict, because of late facts or a rescan.',
  schema: z.looseObject({ ...verdictFields, because: z.enum(['LATE_FACTS', 'RESCAN']), causes: z.array(FactId).max(1_000) }),
});
export type MainTaskReconverged = FactOf<typeof MainTaskReconverged>;
