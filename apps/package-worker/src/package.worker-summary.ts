/** What the service knows of the package worker without loading it. */
import { type WorkerSummary } from '@tributary/worker-kit/scanning';
import { z } from 'zod';

export const packageWorkerSummary = {
  subTaskType: 'PACKAGE',
  version: '1.0.0',
  configSchema: z.strictObject({
    enabled: z.boolean().default(true),
    /** Take part in sound packages, too, and read everything: every size and every checksum. */
    verifyAll: z.boolean().default(false),
  }),
} satisfies WorkerSummary;
