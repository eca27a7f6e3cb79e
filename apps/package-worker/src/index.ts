/** The package worker as launchers know it; only scan processes load its definition. */
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { packageWorkerSummary } from './package.worker-summary';

export const packageWorkerService: WorkerService = {
  service: 'package-worker',
  summary: packageWorkerSummary,
  definition: async () => (await import('./package.worker')).packageWorker,
};
