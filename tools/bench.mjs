/** `npm run bench`: builds what is not built, then measures. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['e2e'])) process.exit(1);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/e2e/main.js', import.meta.url)));
