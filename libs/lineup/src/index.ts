/** The workers that our launchers start, in the order of their pages: whoever writes a new one adds it here and nowhere else. */
import { excelWorkerService } from '@tributary/excel-worker';
import { packageWorkerService } from '@tributary/package-worker';
import { sqlWorkerService } from '@tributary/sql-worker';
import { wedataWorkerService } from '@tributary/wedata-worker';
import { type WorkerService } from '@tributary/worker-kit/scanning';

export const workers: readonly WorkerService[] = [
  // One line each, also for the generator of new ones.
  packageWorkerService,
  sqlWorkerService,
  excelWorkerService,
  wedataWorkerService,
];
