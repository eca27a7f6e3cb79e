/** What the service knows of the Excel worker without loading its rules. */
import { scanConfig, type WorkerSummary } from '@tributary/worker-kit/scanning';
import { z } from 'zod';

const said = z.enum(['error', 'warning', 'ignore']);

export const excelWorkerSummary = {
  subTaskType: 'EXCEL',
  version: '1.0.0',
  configSchema: z.strictObject({
    ...scanConfig,
    /** Workbooks that cannot be opened: nobody knows whether they hold workflows. */
    unreadable: said.default('error'),
    /** Workbooks in the format before 2007. */
    legacy: said.default('warning'),
  }),
} satisfies WorkerSummary;
