/** `npm run cluster`: builds what is not built, then starts every service as a process of its own. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['cluster', 'definition', 'package-worker', 'sql-worker', 'excel-worker', 'wedata-worker', 'coordinator', 'gateway', 'console'])) process.exit(1);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/cluster/main.js', import.meta.url)));
