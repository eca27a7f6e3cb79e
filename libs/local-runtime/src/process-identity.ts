/** Is that process still the one we started? Pids are used again, so a number alone proves nothing. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { systemCode } from './local-runtime-error';

/** A process as a pid file remembers it. `startedAt` is opaque letters and digits: ticks since boot on Linux, what `ps` prints elsewhere, '' where nobody knows. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startedAt: string;
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Alive and not a zombie: a zombie has ended, and whether anybody will ever collect it is up to the init of the machine or container. */
export async function isRunning(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !['Z', 'X'].includes(stateIn(stat));
}

/** Whether a SIGSTOP has reached every thread: until then the others go on for a moment. */
export async function isStopped(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return (await askPs(pid, 'state='))?.startsWith('T') ?? true;
  const threads = await readdir(`/proc/${String(pid)}/task`).catch(() => []);
  const states = await Promise.all(threads.map((thread) => readFile(`/proc/${String(pid)}/task/${thread}/stat`, 'utf8').then(stateIn, () => 'X')));
  return states.every((state) => ['T', 't', 'Z', 'X'].includes(state));
}

/** Field 3 of /proc/PID/stat, behind the last bracket of the name. */
function stateIn(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).charAt(0);
}

/** The words of a process's command line joined by blanks; undefined when it is gone or hidden from us. A zombie has none. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    return raw === '' ? undefined : raw.replaceAll('\0', ' ').trimEnd();
  }
  return askPs(pid, 'command=');
}

export async function startedAtOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
    return startTicks(stat);
  }
  return (await askPs(pid, 'lstart='))?.replace(/\W/g, '');
}

/** Field 22 of /proc/PID/stat. The name in field 2 may hold blanks and brackets, so counting begins behind its last bracket. */
export function startTicks(stat: string): string | undefined {
  const behindName = stat.slice(stat.lastIndexOf(')') + 1).trim();
  return behindName === '' ? undefined : behindName.split(' ')[19];
}

export async function identityOf(pid: number): Promise<ProcessIdentity> {
  return { pid, startedAt: (await startedAtOf(pid)) ?? '' };
}

/** True only when the pid runs and is the same process as then. Where start times cannot be read, a live pid counts. */
export async function isSameProcess(then: ProcessIdentity): Promise<boolean> {
  if (!(await isRunning(then.pid))) return false;
  const now = await startedAtOf(then.pid);
  return now === undefined || then.startedAt === '' || now === then.startedAt;
}

function askPs(pid: number, what: string): Promise<string | undefined> {
  if (process.platform === 'win32') return Promise.resolve(undefined);
  return new Promise((resolve) => {
    execFile('ps', ['-p', String(pid), '-o', what], { timeout: 2_000 }, (error, stdout) => {
      const text = stdout.trim();
      resolve(error !== null || text === '' ? undefined : text);
    });
  });
}
