/** A policy as it is listed, read and answered to whoever published it. */
import { Instant, PolicyDocument } from '@tributary/facts';
import { z } from 'zod';

const faultShape = z.looseObject({
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});

export const policyShape = z.looseObject({
  id: z.string(),
  /** 0: built in. */
  revision: z.number().int(),
  ...PolicyDocument.shape,
  /** Who published it, and when; absent where it is built in. */
  by: z.string().optional(),
  at: Instant.optional(),
  /** Of a PUT: what may not be meant so, such as a row that no package can reach. */
  warnings: z.array(faultShape).optional(),
});

export type Policy = z.infer<typeof policyShape>;
export type PolicyWarning = z.infer<typeof faultShape>;
