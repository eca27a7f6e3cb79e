/** What the service knows of the WeData worker without loading its rules. */
import { scanConfig, type WorkerSummary } from '@tributary/worker-kit/scanning';
import { z } from 'zod';

export const wedataWorkerSummary = {
  subTaskType: 'WEDATA',
  version: '1.0.0',
  configSchema: z.strictObject({
    ...scanConfig,
    /** A larger file is taken for data, not for a definition. */
    fileBytesMax: z
      .number()
      .int()
      .positive()
      .max(64 * 1024 * 1024)
      .default(8 * 1024 * 1024),
    /** Of all definitions that are looked at together; further ones are checked alone. */
    packageCharactersMax: z
      .number()
      .int()
      .positive()
      .max(128 * 1024 * 1024)
      .default(32 * 1024 * 1024),
  }),
} satisfies WorkerSummary;
