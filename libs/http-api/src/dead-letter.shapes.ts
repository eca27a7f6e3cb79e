/** A fact that a group refused, and what became of it. */
import { Instant } from '@tributary/facts';
import { z } from 'zod';

export const deadLetterStates = ['open', 'replayed', 'discarded'] as const;
export type DeadLetterState = (typeof deadLetterStates)[number];

export const deadLetterShape = z.object({
  id: z.uuid(),
  factId: z.string().optional(),
  type: z.string().optional(),
  topic: z.string(),
  group: z.string(),
  partition: z.number().int(),
  offset: z.number().int(),
  key: z.string().optional(),
  reason: z.string(),
  detail: z.string(),
  at: Instant,
  state: z.enum(deadLetterStates),
  decided: z.object({ by: z.string(), at: Instant, reason: z.string().optional() }).optional(),
});

export type DeadLetter = z.infer<typeof deadLetterShape>;
