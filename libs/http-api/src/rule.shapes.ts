/** What the workers of a task say about the rules that their findings name. */
import { severities, SubTaskType } from '@tributary/facts';
import { z } from 'zod';

export const ruleShape = z.looseObject({
  /** The participant whose report describes it. */
  type: SubTaskType,
  id: z.string(),
  title: z.string().optional(),
  /** Why it matters to whoever runs this in production. */
  why: z.string().optional(),
  severity: z.enum(severities).optional(),
  /** Where the idea comes from. */
  source: z.string().optional(),
});

export type ShownRule = z.infer<typeof ruleShape>;
