/** The scan process of the wedata-worker: a second entry beside the service. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { wedataWorker } from './wedata.worker';

createScanProcess([wedataWorker]);
