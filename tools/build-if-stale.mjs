/** Builds apps whose sources are newer than their bundles. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The newest change below a folder, ms. */
function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name.endsWith('.spec.ts')) continue;
    const path = join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return latest;
}

/** The console is made for browsers, everything else for Node. */
function builderOf(app) {
  if (app === 'console') return [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', 'apps/console', '-c', 'apps/console/vite.config.mjs', '--configLoader', 'native'];
  const own = `apps/${app}/rspack.config.mjs`;
  return [join(root, 'node_modules', '@rspack', 'cli', 'bin', 'rspack.js'), 'build', '-c', existsSync(join(root, own)) ? own : 'rspack.config.mjs', '--env', `app=${app}`];
}

/** The folder for bundles where it is closed to us. */
function notWritable() {
  const dist = join(root, 'dist');
  const place = existsSync(dist) ? dist : root;
  try {
    accessSync(place, constants.W_OK);
    return undefined;
  } catch {
    return place;
  }
}

/** Answers whether all are built; says what it does on stderr, and what the builder says when it fails. */
export function buildIfStale(apps) {
  const sources = Math.max(...['apps', 'libs'].map((folder) => newest(join(root, folder))), ...['rspack.config.mjs', 'tsconfig.base.json', 'package-lock.json'].map((file) => statSync(join(root, file)).mtimeMs));
  const stale = apps.filter((app) => {
    const stamp = join(root, 'dist', app, '.built');
    return !existsSync(stamp) || statSync(stamp).mtimeMs < sources;
  });
  if (stale.length === 0) return true;
  const closed = notWritable();
  if (closed) {
    process.stderr.write(`${stale.join(', ')} must be built first, and nothing can be written to ${closed}. Let ${userInfo().username} write there, or build as its owner: npm run check\n`);
    process.stderr.write(`需要先构建 ${stale.join('、')}，但无法写入 ${closed}。请授予 ${userInfo().username} 写权限，或由该目录的所有者执行构建：npm run check\n`);
    return false;
  }
  process.stderr.write(`building ${stale.join(', ')} ...\n`);
  for (const app of stale) {
    const built = spawnSync(process.execPath, builderOf(app), { cwd: root, encoding: 'utf8' });
    if (built.status !== 0) {
      process.stderr.write(`${built.stdout}\n${built.stderr}\n${app} cannot be built.\n`);
      return false;
    }
    mkdirSync(join(root, 'dist', app), { recursive: true });
    writeFileSync(join(root, 'dist', app, '.built'), '');
  }
  return true;
}
