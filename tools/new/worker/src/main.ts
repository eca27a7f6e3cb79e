/** The __kebab__ worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOfWorker } from '@tributary/worker-kit';
import { __camel__WorkerSummary } from './__kebab__.worker-summary';

void mainOfWorker({ service: '__kebab__-worker', summary: __camel__WorkerSummary }, join(__dirname, 'scan-process.js'));
