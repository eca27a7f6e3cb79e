/** Bundles a script with this lib the way an app is bundled, so that tests can start it as a process, kill it, and run it as another user. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repoRoot = resolve(__dirname, '../../../..');

/** `source` is TypeScript; it imports from '@tributary/local-runtime'. Gives the path of a CommonJS file below the repo's dist/, where node_modules are found. */
export function bundleScript(name: string, source: string): string {
  const dir = join(repoRoot, 'dist', 'local-runtime-tests', name);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'entry.ts'), source);
  const build = `
    import { rspack } from '@rspack/core';
    import config from './rspack.config.mjs';
    const dir = process.argv[1];
    const compiler = rspack({ ...config({ app: 'x' }), entry: { main: dir + '/entry.ts' }, output: { path: dir }, devtool: false });
    compiler.run((error, stats) => {
      if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
    });`;
  execFileSync(process.execPath, ['--input-type=module', '-e', build, dir], { cwd: repoRoot, stdio: ['ignore', 'ignore', 'inherit'] });
  return join(dir, 'main.js');
}
