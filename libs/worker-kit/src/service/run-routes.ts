/** What operators ask a worker: its runs. */
import { type Route, route } from '@tributary/service-kit';
import { z } from 'zod';
import { runStates } from '../runs/run';
import { type Worker } from '../worker/worker';

export function runRoutes(worker: Worker): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/internal/runs',
        summary: { en: 'The newest runs of this worker', zh: '该扫描服务最近的子任务' },
        query: z.object({
          state: z.enum(runStates).optional(),
          taskId: z.string().max(64).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        responses: { 200: { says: 'Newest first.' } },
        internal: true,
      },
      async ({ query }) => ({ status: 200, body: { items: await worker.runs(query) } }),
    ),
  ];
}
