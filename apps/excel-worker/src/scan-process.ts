/** The scan process of the excel-worker: a second entry beside the service. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { excelWorker } from './excel.worker';

createScanProcess([excelWorker]);
