/** A PostgreSQL server of our own in a folder: made on the first start, stopped with us, found again after any kind of kill. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { plainEnvironment } from '../config';
import { LocalRuntimeError } from '../local-runtime-error';
import { isAlive } from '../process-identity';
import { runProgram, type Account } from '../run-program';
import { sleep } from '../sleep';
import { findBinaries, programName, type PostgresBinaries } from './binaries';
import { initialise, openDataFolder, userName, writeSettings, type DataFolder } from './data-folder';
import { interview, own, ownerClient } from './ownership';
import { pidFileOf, readPostmasterPid, whoHasPid } from './postmaster-pid';
import { startServer, stopServer, type Server } from './server';
import { serverAccount } from './server-account';
import { boundLog, keepBounded } from '../bounded-log';
import { embeddedSettings, renderSettings, type PostgresSettings } from './settings';
import { startWatchdog } from './watchdog';

export interface EmbeddedPostgresOptions {
  /** Made when it does not exist. An existing one must be empty or ours. */
  readonly dataDir: string;
  /** What happens, one line each; for people. */
  readonly log?: (line: string) => void;
  /** The server went away without being asked to. `npm start` ends then; it does not go on without a memory. */
  readonly onLost?: (why: string) => void;
  /** Over the settings of the house. Tests turn `fsync` off. */
  readonly settings?: PostgresSettings;
  /** Programs of another PostgreSQL (17 or newer) than the one that npm brought. */
  readonly binDir?: string;
}

export interface EmbeddedPostgres {
  /** `postgres://user:password@127.0.0.1:port/tributary`; the account may do everything, also create databases. */
  readonly url: string;
  readonly port: number;
  /** Of the server's first process. */
  readonly pid: number;
  /** Where the data really are. */
  readonly dataDir: string;
  readonly logFile: string;
  /** The cluster was made by this start. */
  readonly firstStart: boolean;
  /** Our process may end while the server runs; the watchdog stops it then. Without this call it keeps the process alive. */
  unref(): void;
  /** Waits for running transactions no longer than it takes to roll them back. Twice is once. */
  stop(): Promise<void>;
}

const databaseName = 'tributary';
const startTimeoutMs = 30_000;
/** A server that does not answer and cannot be recognised is believed dead after this time. */
const silenceMs = 3_000;

/** An owner is believed to live when it still holds its lock after this time. */
const lastBreathMs = 2_000;

/** @throws LocalRuntimeError */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const { folder, as } = await openDataFolder(options.dataDir, (clusterDir) => serverAccount(clusterDir), log);
  const binaries = await findBinaries(as, options.binDir);
  const firstStart = await initialise(folder, binaries, as);
  const pgCtl = join(binaries.binDir, programName('pg_ctl'));
  await clearTheWay(folder, pgCtl, as, log);
  await boundLog(folder.logFile);
  await writeSettings(folder, renderSettings({ ...embeddedSettings, ...options.settings }), as);

  const mark = `tributary-${randomBytes(6).toString('hex')}`;
  const watchdog = startWatchdog({ clusterDir: folder.clusterDir, pgCtl, mark, as });
  let server: Server | undefined;
  try {
    server = await startServer({
      folder,
      pgCtl,
      as,
      mark,
      giveUpAt: performance.now() + startTimeoutMs,
      beforeRetry: () => clearTheWay(folder, pgCtl, as, log),
    });
    watchdog.guard(server.pid);
    const running = server;
    const ownership = await own(
      { port: running.port, password: folder.password },
      {
        log,
        onLost: options.onLost ?? log,
        serverLives: async () =>
          (await readPostmasterPid(folder.clusterDir))?.pid === running.pid && (await whoHasPid(running.pid, folder.clusterDir)) !== 'nobody',
      },
    );
    await prepareDatabase(running.port, folder.password);
    if (firstStart) void flushToDisk(folder, binaries, as);
    const stopBounding = keepBounded(folder.logFile);
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      stopBounding();
      await ownership.release();
      await stopServer({ folder, pgCtl, as, pid: running.pid });
      await watchdog.dismiss();
    };
    return {
      url: `postgres://${userName}:${folder.password}@127.0.0.1:${String(running.port)}/${databaseName}`,
      port: running.port,
      pid: running.pid,
      dataDir: folder.dir,
      logFile: folder.logFile,
      firstStart,
      unref: () => {
        ownership.unref();
      },
      stop: () => (stopping ??= stop()),
    };
  } catch (error) {
    if (server !== undefined) await stopServer({ folder, pgCtl, as, pid: server.pid }).catch(() => undefined);
    await watchdog.dismiss();
    throw error;
  }
}

/** Returns when nothing stands between us and a new server: an orphan is stopped, a stale pid file removed. A living owner is an error. */
async function clearTheWay(folder: DataFolder, pgCtl: string, as: Account | undefined, log: (line: string) => void): Promise<void> {
  const since = performance.now();
  while (performance.now() - since < startTimeoutMs) {
    const recorded = await readPostmasterPid(folder.clusterDir);
    if (recorded === undefined) return;
    const who = await whoHasPid(recorded.pid, folder.clusterDir);
    // PostgreSQL clears the file of a dead server itself, but takes a zombie for a living one.
    if (who === 'nobody' && !isAlive(recorded.pid)) return;
    const answer =
      who === 'foreign' || recorded.port === undefined
        ? ({ kind: 'silent' } as const)
        : await interview({ port: recorded.port, password: folder.password }, folder.clusterDir);
    if (answer.kind === 'owned') {
      // An owner that was killed holds its lock until the server, on a busy machine, has noticed.
      if (performance.now() - since > lastBreathMs) throw inUse(folder.dir);
      await sleep(100);
      continue;
    }
    if (answer.kind === 'orphan') {
      log(`stopping a PostgreSQL server (pid ${String(recorded.pid)}) that an earlier Tributary left behind`);
      await stopServer({ folder, pgCtl, as, pid: recorded.pid });
      await answer.client.end().catch(() => undefined);
      return;
    }
    if (who === 'server' && answer.kind === 'stranger') throw lostPassword(folder.dir);
    if (who === 'foreign' || (who !== 'server' && performance.now() - since > silenceMs)) {
      log(`removing the pid file of a server that is gone; process ${String(recorded.pid)} is not it`);
      await rm(pidFileOf(folder.clusterDir), { force: true });
      return;
    }
    await sleep(50);
  }
  throw new LocalRuntimeError('START_FAILED', `a PostgreSQL server on ${folder.dir} neither answers nor ends`, {
    en: `Look into ${folder.logFile}, end the process named in ${pidFileOf(folder.clusterDir)}, and start again.`,
    zh: `请查看 ${folder.logFile}，结束 ${pidFileOf(folder.clusterDir)} 中记录的进程，然后重新启动。`,
  });
}

/** The database and the extension that Tributary reads its statistics from. */
async function prepareDatabase(port: number, password: string): Promise<void> {
  const outer = ownerClient({ port, password });
  await outer.connect();
  try {
    const { rowCount } = await outer.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await outer.query(`create database ${databaseName}`);
  } finally {
    await outer.end();
  }
  const inner = ownerClient({ port, password }, databaseName);
  await inner.connect();
  try {
    await inner.query('create extension if not exists pg_stat_statements');
  } finally {
    await inner.end();
  }
}

/** initdb ran without syncing, which halves the first start; this makes up for it while the server already works. */
async function flushToDisk(folder: DataFolder, binaries: PostgresBinaries, as: Account | undefined): Promise<void> {
  await runProgram({
    command: join(binaries.binDir, programName('initdb')),
    args: ['--sync-only', `--pgdata=${folder.clusterDir}`],
    env: plainEnvironment(),
    as,
  });
}

function inUse(dir: string): LocalRuntimeError {
  return new LocalRuntimeError('DATA_FOLDER_IN_USE', `Tributary already runs on ${dir}`, {
    en: 'Use the one that runs, stop it, or name another folder with TRIBUTARY_DATA_DIR.',
    zh: '请使用正在运行的实例，或先停止它，或用 TRIBUTARY_DATA_DIR 指定其他文件夹。',
  });
}

function lostPassword(dir: string): LocalRuntimeError {
  return new LocalRuntimeError('START_FAILED', `a PostgreSQL server runs on ${dir}, and the password in the file beside it is not its own`, {
    en: 'Put the password file back, or stop that server and start again.',
    zh: '请恢复密码文件，或停止该服务器后重新启动。',
  });
}
