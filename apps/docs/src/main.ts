/** `npm run docs`: writes the printed pages and deletes those that nothing prints any more. */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type PrintedFile } from './markdown';
import { printedFiles, printedFolders } from './printed-files';
import { repositoryAt } from './repository';

void printedFiles(repositoryAt('.')).then(write);

function write(files: readonly PrintedFile[]): void {
  const wanted = new Set(files.map(({ path }) => path));
  let changes = 0;
  for (const { path, text } of files) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    changes++;
  }
  for (const path of printedFolders.flatMap((folder) => globSync(`${folder}/**/*.{md,json}`))) {
    if (wanted.has(path.replaceAll('\\', '/'))) continue;
    rmSync(path);
    changes++;
  }
  process.stdout.write(`docs: ${String(files.length)} files printed, ${String(changes)} changed\n`);
}
