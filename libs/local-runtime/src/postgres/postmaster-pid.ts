/** Reads `postmaster.pid`, the file in which a PostgreSQL server says who and where it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf, isRunning } from '../process-identity';

/** Lines 1, 2, 4 and 8 of the file; the later ones appear while the server starts. */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDirectory: string;
  readonly port: number | undefined;
  readonly status: 'starting' | 'stopping' | 'ready' | 'standby' | undefined;
}

export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const port = Number(lines[3]);
  const status = lines[7];
  return {
    pid,
    dataDirectory: lines[1] ?? '',
    port: Number.isInteger(port) && port > 0 ? port : undefined,
    status: status === 'starting' || status === 'stopping' || status === 'ready' || status === 'standby' ? status : undefined,
  };
}

export function pidFileOf(clusterDir: string): string {
  return join(clusterDir, 'postmaster.pid');
}

export async function readPostmasterPid(clusterDir: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(pidFileOf(clusterDir), 'utf8').catch(() => '');
  return parsePostmasterPid(text);
}

/**
 * Who is behind the recorded pid: nobody, a server on this folder, somebody else, or (where command lines are hidden) somebody unknown.
 * This is asked before anything is stopped: `pg_ctl stop` signals whatever process has the number today.
 */
export async function whoHasPid(pid: number, clusterDir: string): Promise<'nobody' | 'server' | 'foreign' | 'unknown'> {
  if (!(await isRunning(pid))) return 'nobody';
  const commandLine = await commandLineOf(pid);
  if (commandLine !== undefined) return commandLine.includes(clusterDir) && /postgres/i.test(commandLine) ? 'server' : 'foreign';
  // On Linux a process without a command line has just gone: it serves nobody.
  return process.platform === 'linux' ? 'nobody' : 'unknown';
}
