/** `npm run simulate -- --seed N`: builds what is not built, then runs the whole gate in one process under seeded faults. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['simulation'])) process.exit(1);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/simulation/main.js', import.meta.url)));
