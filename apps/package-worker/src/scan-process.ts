/** The scan process of the package-worker: a second entry beside the service. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { packageWorker } from './package.worker';

createScanProcess([packageWorker]);
