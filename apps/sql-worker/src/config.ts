/** The settings of the sql-worker's process. */
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

export const SqlWorkerConfig = z.object(workerSettings);
export type SqlWorkerConfig = z.infer<typeof SqlWorkerConfig>;
