/** The `tributary` command. */
import { enableCompileCache } from 'node:module';
import { run } from './run';
import { realWorld } from './world';

enableCompileCache();

// Whoever reads our output may have enough of it: `tributary ... | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

void run(process.argv.slice(2), realWorld(process.env)).then((code) => {
  process.exitCode = code;
});
