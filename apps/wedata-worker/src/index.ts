/** The WeData worker as launchers know it; only scan processes load its definition. */
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { wedataWorkerSummary } from './wedata.worker-summary';

export const wedataWorkerService: WorkerService = {
  service: 'wedata-worker',
  summary: wedataWorkerSummary,
  definition: async () => (await import('./wedata.worker')).wedataWorker,
};
