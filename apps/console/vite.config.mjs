/** Builds the console into dist/console: hashed files, precompressed, within the budget of the first load. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoadBudget } from './build/first-load-budget.mjs';
import { keptAWhile } from './build/kept-a-while.mjs';
import { precompressed } from './build/precompressed.mjs';

const root = new URL('../../', import.meta.url);
const { paths } = JSON.parse(readFileSync(new URL('tsconfig.base.json', root), 'utf8')).compilerOptions;

export default defineConfig({
  plugins: [react(), firstLoadBudget({ page: 'src/upload/upload.page.tsx', gzipBytesMax: 350_000 }), precompressed(), keptAWhile()],
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
