/** How the scripted workers act: they read the package's bytes from the store, take their time, and end as their behaviour says. */
import { type PackageStore, PackageStoreError } from '@tributary/package-store';
import { type Considered, type Impossible, passed, type ScanFailureCode, type ScanJob, type Scanned, type ScanScript } from '@tributary/worker-kit';
import { type History } from '../history';
import { type SimulatedProcess } from '../world/simulated.process';
import { type Behaviour, type WorkerType } from './behaviour';

export interface ScriptSurroundings {
  readonly process: SimulatedProcess;
  readonly store: PackageStore;
  readonly history: History;
  readonly behaviour: (taskId: string, round: number, type: WorkerType) => Behaviour;
}

export function scanScript(type: WorkerType, { process, store, history, behaviour }: ScriptSurroundings): ScanScript {
  const of = ({ taskId, round }: ScanJob): Behaviour => behaviour(taskId, round, type);
  const effect = (job: ScanJob, kind: 'invoke' | 'ok', value: Readonly<Record<string, unknown>>): void => {
    history.add({
      process: process.name,
      type: kind,
      f: 'effect',
      key: job.taskId,
      value: { subTaskType: type, round: job.round, attempt: job.attempt, ...value },
    });
  };
  return {
    consider: async (job): Promise<Considered> => {
      const { part, considerMs } = of(job);
      await sleep(process, considerMs);
      const missing = await bytesOf(store, job);
      if (missing) return missing;
      if (part === 'DECLINE') return { kind: 'decline', reasonCode: 'NOTHING_TO_SCAN' };
      if (part === 'MUTE') await new Promise(() => undefined);
      return { kind: 'take' };
    },
    scan: async (job, onProgress): Promise<Scanned | Impossible> => {
      const { end, scanMs } = of(job);
      effect(job, 'invoke', { step: 'scan' });
      for (let done = 1; done <= 4; done++) {
        await sleep(process, scanMs / 4);
        onProgress({ done, total: 4, unit: 'files' });
      }
      effect(job, 'ok', { step: 'scan', end });
      return (await bytesOf(store, job)) ?? endOf(end, job);
    },
  };
}

function endOf(end: Behaviour['end'], { attempt }: ScanJob): Scanned | Impossible {
  if (end === 'CRASHES' || (end === 'FLAKY' && attempt < 3)) return impossible('SCAN_CRASHED', 'the scan ended with a signal');
  if (end === 'MISSING') return impossible('PACKAGE_MISSING', 'there are no bytes');
  if (end === 'WARN') return { ...passed, judgement: 'WARN', counts: { ...passed.counts, warning: 2 } };
  if (end === 'QUALITY') return { ...passed, judgement: 'QUALITY', reason: 'one error', counts: { ...passed.counts, error: 1 } };
  return passed;
}

/** Reads the first bytes, as a scan would. */
async function bytesOf(store: PackageStore, { context }: ScanJob): Promise<Impossible | undefined> {
  try {
    await store.readBytes(context.filePath.slice('store:'.length), 0, 4);
    return undefined;
  } catch (error) {
    const missing = error instanceof PackageStoreError && error.code === 'NOT_FOUND';
    return impossible(missing ? 'PACKAGE_MISSING' : 'STORE_UNAVAILABLE', String(error));
  }
}

function impossible(code: ScanFailureCode, detail: string): Impossible {
  return { kind: 'impossible', failure: { code, detail } };
}

function sleep({ clock }: SimulatedProcess, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
