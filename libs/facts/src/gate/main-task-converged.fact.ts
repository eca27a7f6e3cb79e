/** The first verdict of a task. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { finalStatuses, Sha256, TaskId } from '../fields';

/** The verdict as its fact tells it; the canonical bytes behind the hash are served by the API. */
export const verdictFields = {
  taskId: TaskId,
  round: z.number().int().min(1),
  revision: z.number().int().min(1),
  status: z.enum(finalStatuses),
  /** Codes and arguments; texts are rendered when read. Its shape is `Explanation` of libs/convergence. */
  explanation: z.looseObject({}),
  verdictHash: Sha256,
};

export const MainTaskConverged = defineFact({
  name: 'MainTaskConverged',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'The first verdict, explained.',
  schema: z.looseObject(verdictFields),
});
export type MainTaskConverged = FactOf<typeof MainTaskConverged>;
