/** The __kebab__ worker as launchers know it; only scan processes load its definition. */
import { type WorkerService } from '@tributary/worker-kit/scanning';
import { __camel__WorkerSummary } from './__kebab__.worker-summary';

export const __camel__WorkerService: WorkerService = {
  service: '__kebab__-worker',
  summary: __camel__WorkerSummary,
  definition: async () => (await import('./__kebab__.worker')).__camel__Worker,
};
