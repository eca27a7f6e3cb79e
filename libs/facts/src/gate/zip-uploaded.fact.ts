/** A version zip is in the package store. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Count, Instant, Name, Sha256, StoreUri, TaskId } from '../fields';
import { defaultPolicy, PolicySnapshot } from '../policy';
import { namedTask } from './bare-facts';

export const ZipUploaded = defineFact({
  name: 'ZipUploaded',
  topic: 'gate.facts',
  aggregate: 'MainTask',
  publisher: 'gateway',
  says: 'A version zip is in the package store; the policy is frozen here.',
  schema: z.looseObject({
    taskId: TaskId,
    filePath: StoreUri,
    sha256: Sha256.optional(),
    size: Count.optional(),
    fileName: Name.default('package.zip'),
    product: Name.default('default'),
    version: Name.default('unknown'),
    uploadTime: Instant.optional(),
    policy: PolicySnapshot.default(defaultPolicy),
  }),
  upcasters: { 0: namedTask },
});
export type ZipUploaded = FactOf<typeof ZipUploaded>;
