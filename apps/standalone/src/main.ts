/** `npm start`: all services in one process, on an embedded PostgreSQL. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

void import('./standalone').then(({ main }) => main(process.argv.slice(2)));
