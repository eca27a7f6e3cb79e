/** What the service knows of the __kebab__ worker without loading its rules. */
import { scanConfig, type WorkerSummary } from '@tributary/worker-kit/scanning';
import { z } from 'zod';

export const __camel__WorkerSummary = {
  subTaskType: '__TYPE__',
  version: '1.0.0',
  configSchema: z.strictObject({
    ...scanConfig,
    /** Of one file; a larger one is a finding. */
    fileBytesMax: z
      .number()
      .int()
      .positive()
      .max(64 * 1024 * 1024)
      .default(8 * 1024 * 1024),
  }),
} satisfies WorkerSummary;
