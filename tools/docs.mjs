/** `npm run docs`: builds the printer of the pages if it is stale, then prints what can be known from the code. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if (!buildIfStale(['docs'])) process.exit(1);
createRequire(import.meta.url)('../dist/docs/main.js');
