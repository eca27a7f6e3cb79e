/** `npm start`: builds what is not built, then becomes the process with all services. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['standalone', 'console'])) process.exit(1);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/standalone/main.js', import.meta.url)));
