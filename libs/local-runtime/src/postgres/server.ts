/** Starts and stops one PostgreSQL server by its own pg_ctl. */
import { join } from 'node:path';
import { chown, open } from 'node:fs/promises';
import { plainEnvironment } from '../config';
import { freePort } from '../free-port';
import { LocalRuntimeError } from '../local-runtime-error';
import { runProgram, type Account, type ProgramResult } from '../run-program';
import { sleep, until } from '../sleep';
import { type DataFolder } from './data-folder';
import { readPostmasterPid, whoHasPid } from './postmaster-pid';
import { lastLines, readFrom, sizeOf } from '../bounded-log';
import { startFailureOf } from './start-failure';

export interface Server {
  readonly pid: number;
  readonly port: number;
}

export interface ServerStart {
  readonly folder: DataFolder;
  readonly pgCtl: string;
  readonly as: Account | undefined;
  /** Stands in the server's command line, for the watchdog. */
  readonly mark: string;
  /** Of `performance.now()`. */
  readonly giveUpAt: number;
  /** Called before another try on a folder that was still held. */
  readonly beforeRetry: () => Promise<void>;
}

const portAttemptsMax = 5;

/** On a free port. A port that somebody took in between is exchanged, a folder that a dying server still holds is waited for. */
export async function startServer(start: ServerStart): Promise<Server> {
  for (let portAttempts = 1; ;) {
    const port = await freePort();
    const offset = await sizeOf(start.folder.logFile);
    const result = await startOn(port, start);
    if (typeof result === 'number') return { pid: result, port };
    const told = await readFrom(start.folder.logFile, offset);
    const failure = startFailureOf(told);
    const retry = performance.now() < start.giveUpAt && (failure === 'folder-busy' || (failure === 'port-taken' && portAttempts < portAttemptsMax));
    if (!retry) throw startFailed(start.folder, lastLines(told === '' ? result.output : told));
    if (failure === 'port-taken') portAttempts++;
    else await sleep(100);
    await start.beforeRetry();
  }
}

/** The pid when it is ready, else what pg_ctl said. pg_ctl looks ten times a second; we look into the pid file ourselves and are done sooner. */
async function startOn(port: number, { folder, pgCtl, as, mark }: ServerStart): Promise<number | ProgramResult> {
  await touch(folder.logFile, as);
  const serverOptions = `-p ${String(port)} -c cluster_name=${mark}`;
  const args = ['start', '-D', folder.clusterDir, '-l', folder.logFile, '-o', serverOptions, '-w', '-t', '60', '-s'];
  let ended: ProgramResult | undefined;
  const running = runProgram({ command: pgCtl, args, env: plainEnvironment(), as }).then((result) => {
    ended = result;
    return result;
  });
  let pid: number | undefined;
  await until(async () => {
    const recorded = await readPostmasterPid(folder.clusterDir);
    if (recorded?.port === port && recorded.status === 'ready') pid = recorded.pid;
    return pid !== undefined || ended !== undefined;
  }, 65_000);
  return pid ?? (await running);
}

/** Made by us and readable by its owner alone: statements that fail may be quoted in it. */
async function touch(file: string, as: Account | undefined): Promise<void> {
  const handle = await open(file, 'a', 0o600);
  await handle.close();
  if (as !== undefined) await chown(file, as.uid, as.gid);
}

export interface ServerStop {
  readonly folder: DataFolder;
  readonly pgCtl: string;
  readonly as: Account | undefined;
  readonly pid: number;
}

/** Fast, then immediate; each rolls back what is open. Does nothing when the recorded server is no longer the given one. */
export async function stopServer({ folder, pgCtl, as, pid }: ServerStop): Promise<void> {
  const recorded = async (): Promise<boolean> => (await readPostmasterPid(folder.clusterDir))?.pid === pid;
  // The pid file goes a moment before the process does; only then may its programs and folder be removed.
  const gone = async (): Promise<boolean> => {
    const who = await whoHasPid(pid, folder.clusterDir);
    return who === 'nobody' || who === 'foreign' || (who === 'unknown' && !(await recorded()));
  };
  for (const mode of ['fast', 'immediate'] as const) {
    if (await gone()) return;
    if (await recorded()) await runProgram({ command: pgCtl, args: ['stop', '-D', folder.clusterDir, '-m', mode, '-W', '-s'], env: plainEnvironment(), as });
    if (await until(gone, 10_000)) return;
  }
  throw new LocalRuntimeError('STOP_FAILED', `the PostgreSQL server (pid ${String(pid)}) on ${folder.dir} does not stop`, {
    en: `End process ${String(pid)} yourself; the next start recovers the data.`,
    zh: `请手动结束进程 ${String(pid)}；下次启动时会恢复数据。`,
  });
}

function startFailed(folder: DataFolder, detail: string): LocalRuntimeError {
  const log = join(folder.dir, 'server.log');
  return new LocalRuntimeError(
    'START_FAILED',
    `PostgreSQL did not start on ${folder.dir}: ${lastLines(detail, 2)}`,
    {
      en: `Everything it said is in ${log}.`,
      zh: `完整日志见 ${log}。`,
    },
    detail,
  );
}
