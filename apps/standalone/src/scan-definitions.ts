/** Does the jobs of all workers: knows their definitions. */
import { workers } from '@tributary/lineup';
import { createScanProcess } from '@tributary/worker-kit/scanning';

/** Resolves once it listens. */
export async function scanForAll(): Promise<void> {
  createScanProcess(await Promise.all(workers.map(({ definition }) => definition())));
}
