/** The settings of the wedata-worker's process. */
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

export const WedataWorkerConfig = z.object(workerSettings);
export type WedataWorkerConfig = z.infer<typeof WedataWorkerConfig>;
