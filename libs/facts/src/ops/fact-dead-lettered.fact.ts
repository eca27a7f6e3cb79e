/** A group gave up on a fact; the original lies untouched in its dead-letter store. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Count, Instant, Name, ReasonCode, Text } from '../fields';

export const FactDeadLettered = defineFact({
  name: 'FactDeadLettered',
  topic: 'ops.facts',
  aggregate: 'DeadLetter',
  publisher: 'any service',
  says: 'A group gave up on a fact, and why.',
  schema: z.looseObject({
    deadLetterId: z.uuid(),
    group: Name,
    topic: Name,
    partition: Count,
    offset: Count,
    factId: Name.optional(),
    factType: Name.optional(),
    key: z.string().max(1_024).optional(),
    reason: ReasonCode,
    detail: Text,
    at: Instant,
  }),
});
export type FactDeadLettered = FactOf<typeof FactDeadLettered>;
