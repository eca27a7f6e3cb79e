/** A scan runner that answers from a script, in this process: for tests and the simulation. */
import { type Progress } from '../definition/worker-definition';
import {
  type Considered,
  type FaultReport,
  type Impossible,
  type ScanFailure,
  type ScanJob,
  type ScanListeners,
  type Scanned,
  type ScanRunner,
} from './scan-runner';

/** Throwing, or never answering, is how a script misbehaves on purpose. */
export interface ScanScript {
  consider?(job: ScanJob): Considered | Promise<Considered>;
  scan?(job: ScanJob, onProgress: (progress: Progress) => void): Scanned | Impossible | Promise<Scanned | Impossible>;
  reportFault?(job: ScanJob, failure: ScanFailure): FaultReport | undefined;
}

export const passed: Scanned = { kind: 'scanned', judgement: 'PASS', reason: 'nothing found', counts: { blocker: 0, error: 0, warning: 0, info: 0 } };

export class ScriptedScanRunner implements ScanRunner {
  constructor(
    private readonly script: ScanScript = {},
    readonly slots = 4,
  ) {}

  consider(job: ScanJob, signal: AbortSignal): Promise<Considered> {
    return unlessAborted(signal, async () => (await this.script.consider?.(job)) ?? { kind: 'take' });
  }

  scan(job: ScanJob, signal: AbortSignal, { onBegun, onProgress }: ScanListeners): Promise<Scanned | Impossible> {
    onBegun();
    return unlessAborted(signal, async () => (await this.script.scan?.(job, onProgress)) ?? passed);
  }

  reportFault(job: ScanJob, failure: ScanFailure, signal: AbortSignal): Promise<FaultReport | undefined> {
    return unlessAborted(signal, () => Promise.resolve(this.script.reportFault?.(job, failure)));
  }

  hasRoom(): boolean {
    return true;
  }

  missing(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

function unlessAborted<R>(signal: AbortSignal, work: () => Promise<R>): Promise<R> {
  const { promise, resolve, reject } = Promise.withResolvers<R>();
  const abort = (): void => {
    reject(reasonOf(signal));
  };
  if (signal.aborted) abort();
  else {
    signal.addEventListener('abort', abort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', abort);
      });
  }
  return promise;
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
