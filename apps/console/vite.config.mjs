/** Builds the console into dist/console: hashed files, precompressed, within the budget of the first load. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoadBudget } from './build/first-load-budget.mjs';
import { keptAWhile } from './build/kept-a-while.mjs';
import { precompressed } from './build/precompressed.mjs';

const root = new URL('../../', import.meta.url);
const { paths } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8')).compilerOptions;

/** The stamp by which the launchers see that the console is newer than its sources. */
function stamped() {
  return { name: 'stamped', apply: 'build', closeBundle: { order: 'post', handler: () => writeFileSync(fileURLToPath(new URL('dist/console/.built', root)), '') } };
}

export default defineConfig({
  plugins: [react(), firstLoadBudget({ page: 'src/upload/upload.page.tsx', gzipBytesMax: 350_000 }), precompressed(), keptAWhile(), stamped()],
  resolve: {
    alias: Object.entries(paths).map(([alias, [file]]) => ({ find: new RegExp(`^${alias}$`), replacement: fileURLToPath(new URL(file, root)) })),
  },
  build: {
    outDir: fileURLToPath(new URL('dist/console', root)),
    emptyOutDir: false,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // A data: URL would need a hole in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': process.env.TRIBUTARY_URL ?? 'http://127.0.0.1:8080' } },
});
