/** Adds up what a browser loads before a page works, prints it, and fails the build when it is too much. */
import { gzipSync } from 'node:zlib';

/** `page`: the module of the page below the project; everything that the entry and the page import statically counts, styles included. */
export function firstLoadBudget({ page, gzipBytesMax }) {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
      const starts = chunks.filter(({ isEntry, facadeModuleId }) => isEntry || facadeModuleId?.endsWith(page));
      const files = new Set();
      const take = (name) => {
        const chunk = bundle[name];
        if (files.has(name) || !chunk) return;
        files.add(name);
        for (const other of [...(chunk.imports ?? []), ...(chunk.viteMetadata?.importedCss ?? [])]) take(other);
      };
      for (const { fileName } of starts) take(fileName);
      const sizes = [...files].map((name) => ({ name, gzip: gzipSync(bundle[name].code ?? bundle[name].source, { level: 9 }).length }));
      const total = sizes.reduce((sum, { gzip }) => sum + gzip, 0);
      this.emitFile({ type: 'asset', fileName: 'first-load.json', source: `${JSON.stringify({ page, total, gzipBytesMax, files: sizes }, null, 2)}\n` });
      process.stdout.write(`first load of ${page}: ${(total / 1000).toFixed(1)} kB gzip in ${files.size} files, at most ${gzipBytesMax / 1000} kB\n`);
      if (total > gzipBytesMax) this.error(`The first load of ${page} is ${total} bytes gzip, ${gzipBytesMax} at most.`);
    },
  };
}
