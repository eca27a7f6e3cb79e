/**
 * The folder that holds a cluster and what belongs to it, and how it comes to be without ever being half there.
 *
 *     <dataDir>/tributary-postgres.json   the mark: this folder is ours
 *     <dataDir>/password                  of the one account, 0600
 *     <dataDir>/cluster/                  what initdb made, renamed when it was done
 *     <dataDir>/initialising-<pid>-<start>/  a cluster in the making; removed when its maker is gone
 *     <dataDir>/server.log, server.log.1  bounded
 */
import { createHash, randomBytes } from 'node:crypto';
import { appendFile, chmod, chown, link, open, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { plainEnvironment } from '../config';
import { LocalRuntimeError, systemCode } from '../local-runtime-error';
import { identityOf, isSameProcess } from '../process-identity';
import { runProgram, type Account } from '../run-program';
import { programName, type PostgresBinaries } from './binaries';
import { canUse } from './server-account';
import { lastLines } from '../bounded-log';
import { makeFolder, readOnlyFolder } from '../writable-folder';

export interface DataFolder {
  /** The real path, without symbolic links: PostgreSQL reports it this way. */
  readonly dir: string;
  readonly clusterDir: string;
  readonly logFile: string;
  readonly password: string;
}

export const userName = 'tributary';
const markName = 'tributary-postgres.json';
const settingsName = 'tributary.conf';

export interface OpenedFolder {
  readonly folder: DataFolder;
  /** Who the server runs as; undefined: ourselves. */
  readonly as: Account | undefined;
}

/** Makes the folder, or checks that it is ours; never touches one that is not. `accountFor` is asked with the path of the cluster. */
export async function openDataFolder(
  wanted: string,
  accountFor: (clusterDir: string) => Promise<Account | undefined>,
  log: (line: string) => void,
): Promise<OpenedFolder> {
  try {
    const place = await reachablePlace(wanted, await accountFor(join(wanted, 'cluster')), log);
    const as = await accountFor(join(place, 'cluster'));
    const dir = await claim(place, as);
    if (as !== undefined) await chown(dir, as.uid, as.gid);
    const password = await readOrWritePassword(join(dir, 'password'), as);
    return { folder: { dir, clusterDir: join(dir, 'cluster'), logFile: join(dir, 'server.log'), password }, as };
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) throw readOnly(wanted, error);
    if (cannotBeMade(error)) throw readOnly(wanted, new Error('the folder cannot be made there'));
    if (['EEXIST', 'ENOTDIR'].includes(systemCode(error))) throw notOurs(wanted);
    throw error;
  }
}

/** ENOENT of mkdir, although every folder above exists: nothing can be made there, as in /proc. */
function cannotBeMade(error: unknown): boolean {
  return systemCode(error) === 'ENOENT' && typeof error === 'object' && error !== null && 'syscall' in error && error.syscall === 'mkdir';
}

/** As root, below a folder that is closed to the server's account (`/root`): the data go to /var/tmp, under a name made from the wanted path. */
async function reachablePlace(wanted: string, as: Account | undefined, log: (line: string) => void): Promise<string> {
  if (as === undefined) return resolve(wanted);
  await makeFolder(resolve(wanted));
  const real = await realpath(wanted);
  // The folder itself will be given to the account; what counts is the way there.
  if (await canUse(dirname(real), 'x', as)) return real;
  const elsewhere = join('/var/tmp', `tributary-data-${createHash('sha256').update(real).digest('hex').slice(0, 12)}`);
  log(`${real} lies below a folder that only root may enter; PostgreSQL keeps its data in ${elsewhere}`);
  return elsewhere;
}

async function claim(wanted: string, as: Account | undefined): Promise<string> {
  await makeFolder(resolve(wanted));
  const dir = await realpath(wanted);
  const entries = await readdir(dir);
  const mark = join(dir, markName);
  if (!entries.includes(markName)) {
    if (entries.length > 0) {
      throw notOurs(dir);
    }
    await writeFile(mark, `${JSON.stringify({ format: 1, madeBy: 'tributary' })}\n`);
  }
  const owner = await stat(mark);
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && owner.uid !== me) throw readOnly(dir, new Error('it belongs to another user'));
  // Root alone may have made the mark; in /var/tmp a stranger may have.
  if (as !== undefined && owner.uid !== 0 && owner.uid !== as.uid) throw readOnly(dir, new Error('it belongs to another user'));
  return dir;
}

function notOurs(dir: string): LocalRuntimeError {
  return new LocalRuntimeError('NOT_OUR_FOLDER', `${dir} holds something that is not Tributary's`, {
    en: 'Choose an empty or a new folder for the data; this one is left as it is.',
    zh: '请选择空文件夹或新文件夹存放数据；该文件夹不会被改动。',
  });
}

function readOnly(dir: string, error: unknown): LocalRuntimeError {
  return readOnlyFolder('TRIBUTARY_DATA_DIR', dir, error);
}

async function readOrWritePassword(file: string, as: Account | undefined): Promise<string> {
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (known !== '') return known;
  const fresh = `${file}.${String(process.pid)}`;
  const handle = await open(fresh, 'w', 0o600);
  await handle.writeFile(`${randomBytes(24).toString('base64url')}\n`);
  await handle.close();
  await chmod(fresh, 0o600);
  if (as !== undefined) await chown(fresh, as.uid, as.gid);
  // link() refuses an existing name: of two starts that race, both go on with the first one's password.
  await link(fresh, file).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
  await rm(fresh, { force: true });
  return (await readFile(file, 'utf8')).trim();
}

/** Runs initdb unless the cluster exists. A kill on the way leaves a folder that the next start removes. True when it was made just now. */
export async function initialise(folder: DataFolder, binaries: PostgresBinaries, as: Account | undefined): Promise<boolean> {
  await removeAbandoned(folder.dir);
  if (await exists(join(folder.clusterDir, 'PG_VERSION'))) return false;
  const me = await identityOf(process.pid);
  const fresh = join(folder.dir, `initialising-${String(me.pid)}-${me.startedAt}`);
  await rm(fresh, { recursive: true, force: true });
  // The locale is given, never taken from the surroundings: under LC_ALL=C initdb would choose SQL_ASCII.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = [`--username=${userName}`, `--pwfile=${join(folder.dir, 'password')}`, '--auth=scram-sha-256'];
  const args = [`--pgdata=${fresh}`, ...locale, ...access, '--no-sync', '--no-instructions'];
  const result = await runProgram({ command: join(binaries.binDir, programName('initdb')), args, env: plainEnvironment(), as });
  if (result.code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new LocalRuntimeError(
      'INIT_FAILED',
      `initdb could not make a cluster in ${folder.dir}`,
      {
        en: `What it said: ${lastLines(result.output, 2)}`,
        zh: `initdb 的输出：${lastLines(result.output, 2)}`,
      },
      lastLines(result.output),
    );
  }
  await appendFile(join(fresh, 'postgresql.conf'), `\ninclude_if_exists = '${settingsName}'\n`);
  try {
    await rename(fresh, folder.clusterDir);
    return true;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    if (await exists(join(folder.clusterDir, 'PG_VERSION'))) return false; // another start was first
    throw error;
  }
}

/** Written at every start, so that a newer Tributary brings its own settings. */
export async function writeSettings(folder: DataFolder, text: string, as: Account | undefined): Promise<void> {
  const file = join(folder.clusterDir, settingsName);
  await writeFile(file, text, { mode: 0o600 });
  if (as !== undefined) await chown(file, as.uid, as.gid);
}

async function removeAbandoned(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    const maker = /^initialising-(\d+)-(\w*)$/.exec(name);
    if (maker === null || (await isSameProcess({ pid: Number(maker[1]), startedAt: maker[2] ?? '' }))) continue;
    // An initdb whose parent was killed may still be writing; then something is left, and the next start tries again.
    await rm(join(dir, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
