/** `npm run cluster`: builds what is not built, then starts every service as a process of its own. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

const workers = readdirSync(new URL('../apps', import.meta.url)).filter((app) => app.endsWith('-worker'));
const help = process.argv.includes('--help');
if (!buildIfStale(help ? ['cluster'] : ['cluster', 'definition', ...workers, 'coordinator', 'gateway', 'console'])) process.exit(1);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/cluster/main.js', import.meta.url)));
