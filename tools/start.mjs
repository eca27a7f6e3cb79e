/** `npm start`: builds what is not built, then becomes the process with all services. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build-if-stale.mjs';

if (!buildIfStale(['standalone', 'console'])) process.exit(1);
packExamples();
createRequire(import.meta.url)(fileURLToPath(new URL('../dist/standalone/main.js', import.meta.url)));

/** The first command that a newcomer is told uploads one. A start without them is a start all the same. */
function packExamples() {
  if (existsSync(new URL('../dist/examples', import.meta.url))) return;
  const script = fileURLToPath(new URL('examples.mjs', import.meta.url));
  spawnSync(process.execPath, ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', script], { stdio: ['ignore', 'ignore', 'inherit'] });
}
