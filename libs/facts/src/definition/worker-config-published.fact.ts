/** A worker type has a new configuration. Opaque to everybody but that worker. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name, SubTaskType } from '../fields';

export const WorkerConfigPublished = defineFact({
  name: 'WorkerConfigPublished',
  topic: 'definition.facts',
  aggregate: 'WorkerConfig',
  publisher: 'definition',
  says: 'A worker type has a new configuration: for everybody, or for one product.',
  schema: z.looseObject({
    subTaskType: SubTaskType,
    revision: z.number().int().min(1),
    /** The base configuration, and what differs by product. */
    config: z.looseObject({}),
    products: z.record(Name, z.looseObject({})).default({}),
  }),
});
export type WorkerConfigPublished = FactOf<typeof WorkerConfigPublished>;
