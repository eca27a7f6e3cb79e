/** The package worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOfWorker } from '@tributary/worker-kit';
import { packageWorkerSummary } from './package.worker-summary';

void mainOfWorker({ service: 'package-worker', summary: packageWorkerSummary }, join(__dirname, 'scan-process.js'));
