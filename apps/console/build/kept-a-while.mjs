/** Keeps the files of earlier builds for a while: a gate that runs while somebody builds, and pages that are open, still find theirs. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Pages that are open for longer load again when they need a part. */
const keptMs = 3_600_000;

/** `emptyOutDir` must be off. */
export function keptAWhile() {
  let folder = '';
  const made = new Set();
  return {
    name: 'kept-a-while',
    apply: 'build',
    configResolved({ build }) {
      folder = join(build.outDir, build.assetsDir);
    },
    writeBundle(_, bundle) {
      for (const name of Object.keys(bundle)) made.add(name.slice(name.lastIndexOf('/') + 1));
    },
    async closeBundle() {
      const names = await readdir(folder).catch(() => []);
      await Promise.all(names.filter((name) => !made.has(name.replace(/\.(br|gz)$/, ''))).map((name) => removeWhenOld(join(folder, name))));
    },
  };
}

async function removeWhenOld(path) {
  const { mtimeMs } = await stat(path);
  if (Date.now() - mtimeMs > keptMs) await rm(path);
}
