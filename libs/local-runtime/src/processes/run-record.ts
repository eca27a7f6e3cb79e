/** The file in which a launcher writes whom it has started, so that the next one can end whoever was left behind. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LocalRuntimeError } from '../local-runtime-error';
import { isSameProcess, type ProcessIdentity } from '../process-identity';
import { until } from '../sleep';

export interface RunRecord {
  readonly launcher: ProcessIdentity;
  readonly processes: readonly (ProcessIdentity & { readonly name: string })[];
}

/** undefined for anything that is not a whole record. */
export function parseRunRecord(text: string): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('launcher' in value) || !('processes' in value)) return undefined;
    return isIdentity(value.launcher) && Array.isArray(value.processes) && value.processes.every(isIdentity) ? (value as unknown as RunRecord) : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    typeof value.pid === 'number' &&
    'startedAt' in value &&
    typeof value.startedAt === 'string'
  );
}

export async function writeRunRecord(file: string, record: RunRecord): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${String(record.launcher.pid)}`;
  await writeFile(fresh, `${JSON.stringify(record)}\n`);
  await rename(fresh, file);
}

/**
 * Ends what a killed launcher has left behind: asks first, insists after `graceMs`. Only processes that are still the same as then:
 * pid and start time must both fit. A launcher that lives is an error.
 */
export async function stopLeftovers(file: string, graceMs: number, log: (line: string) => void): Promise<void> {
  const record = parseRunRecord(await readFile(file, 'utf8').catch(() => ''));
  if (record === undefined) return;
  if (await isSameProcess(record.launcher)) {
    throw new LocalRuntimeError('DATA_FOLDER_IN_USE', `Tributary already runs here, started by process ${String(record.launcher.pid)}`, {
      en: 'Use the one that runs, or stop it first.',
      zh: '请使用正在运行的实例，或先停止它。',
    });
  }
  await Promise.all(
    record.processes.map(async (left) => {
      // Without a start time the number proves nothing, and a stranger is not ended on a guess.
      if (left.startedAt === '' || !(await isSameProcess(left))) return;
      log(`stopping ${left.name} (pid ${String(left.pid)}), which an earlier launcher left behind`);
      signal(left.pid, 'SIGTERM');
      if (await until(async () => !(await isSameProcess(left)), graceMs, 50)) return;
      signal(-left.pid, 'SIGKILL');
      await until(async () => !(await isSameProcess(left)), 5_000, 50);
    }),
  );
  await rm(file, { force: true });
}

/** A process that has just ended by itself is what we wanted. Negative: its whole group. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it is gone.
  }
}
