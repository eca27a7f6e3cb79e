/** The WeData worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOfWorker } from '@tributary/worker-kit';
import { wedataWorkerSummary } from './wedata.worker-summary';

void mainOfWorker({ service: 'wedata-worker', summary: wedataWorkerSummary }, join(__dirname, 'scan-process.js'));
