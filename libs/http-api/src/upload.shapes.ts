/** What an upload is answered with. */
import { z } from 'zod';

export const acceptedShape = z.object({
  taskId: z.uuid(),
  status: z.literal('INIT'),
  message: z.string(),
  package: z.object({ fileName: z.string(), size: z.number().int(), sha256: z.string() }),
  links: z.object({ self: z.string(), explanation: z.string(), events: z.string() }),
});

export type Accepted = z.infer<typeof acceptedShape>;
