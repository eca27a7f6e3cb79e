/** `npm run examples`: packs examples/ into dist/examples/*.zip. The same sources always give the same bytes. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostileArchives } from '../examples/hostile/archives.mjs';
import { workbookOf } from '../examples/workbook.mjs';
import { writeZip } from '../libs/package-reader/testing/zip-writer.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'examples');
const target = join(root, 'dist', 'examples');

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

for (const name of readdirSync(sources).sort()) {
  const folder = join(sources, name);
  if (statSync(folder).isDirectory() && /-\d/.test(name)) keep(name, writeZip(entriesOf(folder)));
}
for (const [name, { bytes }] of Object.entries(hostileArchives)) keep(name, bytes);

function keep(name, bytes) {
  writeFileSync(join(target, `${name}.zip`), bytes);
  process.stdout.write(`${relative(process.cwd(), join(target, `${name}.zip`))}  ${bytes.length} bytes\n`);
}

/** A folder that is named like a workbook holds its sheets as CSV. */
function entriesOf(folder) {
  return below(folder).map((path) => {
    const name = relative(folder, path).replaceAll('\\', '/');
    if (statSync(path).isDirectory()) return { name, data: workbookOf(sheetsIn(path)) };
    return { name, data: readFileSync(path) };
  });
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() && !entry.name.endsWith('.xlsx') ? below(path) : [path];
    });
}

function sheetsIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.csv'))
    .sort()
    .map((file) => ({ name: file.replace(/\.csv$/, ''), text: readFileSync(join(folder, file), 'utf8') }));
}
