/** The SQL worker as a process of its own; its scan processes stand beside it. */
import { join } from 'node:path';
import { mainOfWorker } from '@tributary/worker-kit';
import { sqlWorkerSummary } from './sql.worker-summary';

void mainOfWorker({ service: 'sql-worker', summary: sqlWorkerSummary }, join(__dirname, 'scan-process.js'));
