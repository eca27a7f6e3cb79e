/** The `tributary` command. */
import * as nodeModule from 'node:module';
import { languageOf } from './language';
import { run } from './run';
import { isTooOld, tooOldText } from './oldest-node';
import { realWorld } from './world';

// Whoever reads our output may have enough of it: `tributary ... | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

if (isTooOld(process.versions.node)) {
  process.stderr.write(`${tooOldText(process.versions.node)[languageOf(process.env)]}\n`);
  process.exitCode = 2;
} else {
  nodeModule.enableCompileCache();
  void run(process.argv.slice(2), realWorld(process.env)).then((code) => {
    process.exitCode = code;
  });
}
