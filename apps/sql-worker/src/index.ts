/** The SQL worker as launchers know it; only scan processes load its definition. */
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { sqlWorkerSummary } from './sql.worker-summary';

export const sqlWorkerService: WorkerService = {
  service: 'sql-worker',
  summary: sqlWorkerSummary,
  definition: async () => (await import('./sql.worker')).sqlWorker,
};
