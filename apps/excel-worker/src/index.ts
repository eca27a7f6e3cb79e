/** The excel worker as launchers know it; only scan processes load its definition. */
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { excelWorkerSummary } from './excel.worker-summary';

export const excelWorkerService: WorkerService = {
  service: 'excel-worker',
  summary: excelWorkerSummary,
  definition: async () => (await import('./excel.worker')).excelWorker,
};
