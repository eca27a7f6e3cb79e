/** The scan process of a process with all services: knows the definitions of all workers. */
import { createScanProcess } from '@tributary/worker-kit/scanning';
import { excelWorker } from '@tributary/excel-worker/definition';
import { packageWorker } from '@tributary/package-worker/definition';
import { sqlWorker } from '@tributary/sql-worker/definition';
import { wedataWorker } from '@tributary/wedata-worker/definition';

createScanProcess([packageWorker, sqlWorker, excelWorker, wedataWorker]);
