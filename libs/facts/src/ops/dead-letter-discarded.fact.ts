/** Somebody decided that a dead letter needs no replay. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name, Text } from '../fields';

export const DeadLetterDiscarded = defineFact({
  name: 'DeadLetterDiscarded',
  topic: 'ops.facts',
  aggregate: 'DeadLetter',
  publisher: 'gateway',
  says: 'Somebody decided that a dead letter needs no replay.',
  schema: z.looseObject({ deadLetterId: z.uuid(), group: Name, by: Name, reason: Text.optional() }),
});
export type DeadLetterDiscarded = FactOf<typeof DeadLetterDiscarded>;
