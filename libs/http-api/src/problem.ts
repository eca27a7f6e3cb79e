/** What went wrong, as every door of the API says it (RFC 9457). */
import { z } from 'zod';

export const problemShape = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** UPPER_SNAKE; never changes. */
  code: z.string(),
  errors: z
    .array(
      z.looseObject({
        pointer: z.string().optional(),
        parameter: z.string().optional(),
        line: z.number().int().optional(),
        column: z.number().int().optional(),
        code: z.string(),
        message: z.string(),
      }),
    )
    .optional(),
  traceId: z.string().optional(),
});

export type ProblemDocument = z.infer<typeof problemShape>;
