/** The command line as one file with everything inside, and the package that carries it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BannerPlugin, DefinePlugin, sources } from '@rspack/core';
import common, { Stamp } from '../../rspack.config.mjs';

const { version, engines, license } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const manifest = { name: '@tributary/cli', version, license, description: 'The tributary command: upload a version package, watch its verdict, understand it.', bin: { tributary: 'tributary.cjs' }, engines };

/** `npm pack dist/cli` is the package `@tributary/cli`. */
class PackageManifest {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('PackageManifest', (compilation) => {
      compilation.hooks.processAssets.tap('PackageManifest', () => compilation.emitAsset('package.json', new sources.RawSource(`${JSON.stringify(manifest, null, 2)}\n`)));
    });
  }
}

export default (env) => {
  const { externals: _everything, ...rest } = common(env);
  return {
    ...rest,
    entry: { tributary: './apps/cli/src/main.ts' },
    output: { path: fileURLToPath(new URL('../../dist/cli', import.meta.url)), filename: '[name].cjs', asyncChunks: false, clean: true },
    devtool: false,
    // What is imported late is only run late; it lies in the same file. Small files are read faster.
    optimization: { minimize: true, nodeEnv: false, splitChunks: false },
    plugins: [
      new DefinePlugin({ TRIBUTARY_VERSION: JSON.stringify(version) }),
      new BannerPlugin({ banner: '#!/usr/bin/env node', raw: true, entryOnly: true }),
      new PackageManifest(),
      new Stamp(),
    ],
  };
};
