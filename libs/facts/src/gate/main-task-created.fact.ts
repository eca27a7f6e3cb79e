/** The coordinator has a record of the task; whoever wants to take part may come forward. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Count, Instant, Name, Round, Sha256, StoreUri, TaskId } from '../fields';
import { defaultPolicy, PolicySnapshot } from '../policy';
import { namedTask } from './bare-facts';

export const TaskContext = z.looseObject({
  filePath: StoreUri,
  sha256: Sha256.optional(),
  size: Count.optional(),
  fileName: Name.default('package.zip'),
  uploadTime: Instant.optional(),
  product: Name.default('default'),
  version: Name.default('unknown'),
  /** Where reports of this task must lie: `store:` URI that ends with a slash. */
  reportPrefix: StoreUri.optional(),
});
export type TaskContext = z.infer<typeof TaskContext>;

export const MainTaskCreated = defineFact({
  name: 'MainTaskCreated',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'coordinator',
  says: 'The main task is on record and its window opens; whoever is concerned may take part.',
  schema: z.looseObject({ taskId: TaskId, round: Round, context: TaskContext, policy: PolicySnapshot.default(defaultPolicy) }),
  upcasters: { 0: namedTask },
});
export type MainTaskCreated = FactOf<typeof MainTaskCreated>;
