/** The scan process of a process with all services: knows the definitions of all workers. */
import { workers } from '@tributary/lineup';
import { createScanProcess } from '@tributary/worker-kit/scanning';

void Promise.all(workers.map(({ definition }) => definition())).then(createScanProcess);
