/** Somebody asked a group to take a dead letter again. */
import { z } from 'zod';
import { defineFact, type FactOf } from '../fact';
import { Name, Text } from '../fields';

export const ReplayRequested = defineFact({
  name: 'ReplayRequested',
  topic: 'ops.facts',
  aggregate: 'DeadLetter',
  publisher: 'gateway',
  says: 'Somebody asked one group to take a dead letter again.',
  schema: z.looseObject({ deadLetterId: z.uuid(), group: Name, by: Name, reason: Text.optional() }),
});
export type ReplayRequested = FactOf<typeof ReplayRequested>;
