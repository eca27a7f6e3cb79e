/** The scan runner of production: jobs run in the processes of a pool. */
import { type Log } from '@tributary/service-kit';
import { type JobAnswer } from '../scan/messages';
import { impossible } from '../scan/scan-failure';
import { type StoreConfig } from '@tributary/package-store';
import {
  type Considered,
  type FaultReport,
  type Impossible,
  type ScanFailure,
  type ScanJob,
  type ScanListeners,
  type Scanned,
  type ScanRunner,
} from '../worker/scan-runner';
import { type NewJob, type ScanPool } from './scan-pool';

export class PooledScanRunner implements ScanRunner {
  readonly slots: number;

  constructor(
    private readonly pool: ScanPool,
    private readonly store: StoreConfig,
    private readonly log: Log,
  ) {
    this.slots = pool.size;
  }

  async consider(job: ScanJob, signal: AbortSignal): Promise<Considered> {
    const answer = await this.#run({ step: 'consider', job, store: this.store }, signal);
    return answer.kind === 'take' || answer.kind === 'decline' || answer.kind === 'impossible' ? answer : unexpected(answer);
  }

  async scan(job: ScanJob, signal: AbortSignal, listeners: ScanListeners): Promise<Scanned | Impossible> {
    const answer = await this.#run({ step: 'scan', job, store: this.store }, signal, listeners);
    return answer.kind === 'scanned' || answer.kind === 'impossible' ? answer : unexpected(answer);
  }

  async reportFault(job: ScanJob, failure: ScanFailure, signal: AbortSignal): Promise<FaultReport | undefined> {
    const answer = await this.#run({ step: 'reportFault', job, failure, store: this.store }, signal);
    return answer.kind === 'reported' ? answer.fault : undefined;
  }

  hasRoom(): boolean {
    return this.pool.hasRoom();
  }

  missing(): Promise<readonly string[]> {
    return Promise.resolve(this.pool.missing());
  }

  async #run(request: NewJob, signal: AbortSignal, listeners: ScanListeners = unheard): Promise<JobAnswer> {
    const { taskId, traceparent } = request.job;
    const answer = await this.pool.run(request, signal, {
      ...listeners,
      onNote: (text) => {
        this.log.warn({ taskId, traceparent, step: request.step }, text);
      },
    });
    if (answer.kind !== 'interrupted') return answer;
    signal.throwIfAborted();
    return impossible('SCAN_CRASHED', 'the pool was closed');
  }
}

const unheard: ScanListeners = { onBegun: () => undefined, onProgress: () => undefined };

function unexpected({ kind }: JobAnswer): Impossible {
  return impossible('SCAN_ERROR', `a scan process answered ${kind}`);
}
