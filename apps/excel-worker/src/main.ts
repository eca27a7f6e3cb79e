/** The excel worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOfWorker } from '@tributary/worker-kit';
import { excelWorkerSummary } from './excel.worker-summary';

void mainOfWorker({ service: 'excel-worker', summary: excelWorkerSummary }, join(__dirname, 'scan-process.js'));
