/** The scan process of the sql-worker: a second entry beside the service. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { sqlWorker } from './sql.worker';

createScanProcess([sqlWorker]);
