/** Builds apps whose sources are newer than their bundles. */
// First: too old a Node shall say so, whoever called it past npm.
import './node-version.cjs';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** One builder at a time: two launchers in one clone would write into each other's bundles. The lock of somebody who was killed is taken over. */
function alone(work) {
  const lock = join(root, 'dist', '.building');
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (isGone(lock)) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isGone(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'));
    // Killed before it had said who it is.
    if (holder === 0) return Date.now() - statSync(lock).mtimeMs > 2_000;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function staleOf(apps) {
  const sources = Math.max(...['apps', 'libs'].map((folder) => newest(join(root, folder))), ...['rspack.config.mjs', 'tsconfig.base.json', 'package-lock.json'].map((file) => statSync(join(root, file)).mtimeMs));
  return apps.filter((app) => {
    const stamp = join(root, 'dist', app, '.built');
    return !existsSync(stamp) || statSync(stamp).mtimeMs < sources;
  });
}

/** Answers whether all are built; says what it does on stderr, and what the builder says when it fails. */
export function buildIfStale(apps) {
  const stale = staleOf(apps);
  if (stale.length === 0) return true;
  const closed = notWritable();
  if (closed) {
    process.stderr.write(`${stale.join(', ')} must be built first, and nothing can be written to ${closed}. Let ${userInfo().username} write there, or build as its owner: npm run check\n`);
    process.stderr.write(`需要先构建 ${stale.join('、')}，但无法写入 ${closed}。请授予 ${userInfo().username} 写权限，或由该目录的所有者执行构建：npm run check\n`);
    return false;
  }
  process.stderr.write(`building ${stale.join(', ')} ...\n`);
  // Whoever had the lock before may have built them.
  return alone(() => staleOf(stale).every(built));
}

function built(app) {
  const { status, stdout, stderr } = spawnSync(process.execPath, builderOf(app), { cwd: root, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`${stdout}\n${stderr}\n${app} cannot be built.\n`);
  return status === 0;
}
