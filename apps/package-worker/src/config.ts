/** The settings of the package-worker's process. */
import { workerSettings } from '@tributary/worker-kit';
import { z } from 'zod';

export const PackageWorkerConfig = z.object(workerSettings);
export type PackageWorkerConfig = z.infer<typeof PackageWorkerConfig>;
