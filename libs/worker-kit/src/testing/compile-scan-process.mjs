/** Compiles a scan process as the build does: `node compile-scan-process.mjs <entry.ts> <folder>`. A program of its own, because Jest runs CommonJS. */
import { join, resolve } from 'node:path';
import { rspack } from '@rspack/core';

const root = resolve(import.meta.dirname, '../../../..');
const [, , entry, path] = process.argv;
const compiler = rspack({
  target: 'node24',
  mode: 'development',
  devtool: false,
  context: root,
  entry: { 'scan-process': resolve(entry) },
  output: { path },
  externalsPresets: { node: true },
  externals: [({ request }, done) => (/^(\.|\/|@tributary\/)/.test(request) ? done() : done(null, `commonjs ${request}`))],
  resolve: { extensions: ['.ts', '.js'], tsConfig: join(root, 'tsconfig.base.json') },
  module: {
    rules: [
      {
        test: /\.ts$/,
        loader: 'builtin:swc-loader',
        options: { jsc: { target: 'es2024', parser: { syntax: 'typescript', decorators: true } } },
        type: 'javascript/auto',
      },
    ],
  },
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString('errors-only'));
    process.exitCode = 1;
  }
  compiler.close(() => undefined);
});
