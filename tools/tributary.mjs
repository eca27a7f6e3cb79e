/** `npm run -s tributary -- ...`: builds the command line if it is stale, then becomes it. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['cli'])) process.exit(2);
// npm runs scripts in the root of the repository; files are named from where the person stands.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/cli/tributary.cjs', import.meta.url)));
