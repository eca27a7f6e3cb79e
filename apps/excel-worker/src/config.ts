/** The settings of the excel-worker's process. */
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

export const ExcelWorkerConfig = z.object(workerSettings);
export type ExcelWorkerConfig = z.infer<typeof ExcelWorkerConfig>;
