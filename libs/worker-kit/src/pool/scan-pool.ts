/**
 * A warm pool of scan processes, shared by the workers of one service process. A job that loops, or takes all memory, takes its
 * process with it and nothing else; the process is replaced. One process is there from the start; another is started when a scan
 * runs or a job finds none free, and goes when there was nothing to do for a while.
 *
 * Processes and not threads: V8 ends the whole process when a single allocation does not fit a thread's heap, so
 * threads would let one file stop a service.
 */
import { type Log } from '@tributary/service-kit';
import { type JobAnswer, type JobRequest } from '../scan/messages';
import { type JobListeners, PooledProcess } from './pooled-process';

export interface ScanPoolOptions {
  /** Absolute path of compiled JavaScript that calls `createScanProcess`. */
  readonly scanFile: string;
  /** Processes at most; jobs that run at once. */
  readonly size: number;
  readonly log: Log;
  /** Of one process's JavaScript heap; default 512. */
  readonly heapMb?: number;
  /** Of one whole process; default the heap and 512 more. */
  readonly memoryMb?: number;
  /** The longest that one job may take; default 300,000. */
  readonly jobMs?: number;
  /** Without any job for so long, all processes but one go; default 300,000. */
  readonly restMs?: number;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
export type NewJob = WithoutId<JobRequest>;

interface Waiting extends JobListeners {
  readonly request: JobRequest;
  readonly signal: AbortSignal;
  readonly resolve: (answer: JobAnswer) => void;
}

/** How long an interrupted job may take to end by itself. */
const politeMs = 1_000;
const restartMs = 1_000;

export class ScanPool {
  readonly size: number;
  readonly #processes = new Set<PooledProcess>();
  #waiting: Waiting[] = [];
  #scans = 0;
  #nextId = 1;
  #closed = false;
  #failedStarts = 0;
  #running = 0;
  #rest: NodeJS.Timeout | undefined;

  constructor(private readonly options: ScanPoolOptions) {
    this.size = options.size;
    this.#spawn();
  }

  /** Waits for a free process. Never rejects: `interrupted` when the signal aborted. What somebody waits for, whether to take part, goes before scans. */
  run(request: NewJob, signal: AbortSignal, listeners: JobListeners): Promise<JobAnswer> {
    const { promise, resolve } = Promise.withResolvers<JobAnswer>();
    if (this.#closed || signal.aborted) return Promise.resolve({ kind: 'interrupted' });
    const waiting: Waiting = { request: { ...request, id: this.#nextId++ }, signal, resolve, ...listeners };
    this.#waiting.push(waiting);
    signal.addEventListener(
      'abort',
      () => {
        const before = this.#waiting.length;
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        if (this.#waiting.length < before) resolve({ kind: 'interrupted' });
      },
      { once: true },
    );
    this.#assign();
    return promise;
  }

  /** Whether a scan that came now would begin at once. */
  hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#scans < this.#scansMax() && [...this.#processes].some(({ idle }) => idle);
  }

  /** Empty when jobs can run. */
  missing(): readonly string[] {
    return [...this.#processes].some(({ alive }) => alive) ? [] : ['no scan process runs'];
  }

  /** Processes that run or are being started. */
  get processes(): number {
    return this.#processes.size;
  }

  /** Ends all processes; jobs under way answer `interrupted`. */
  close(): void {
    this.#closed = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ kind: 'interrupted' });
    for (const process of this.#processes) process.kill({ code: 'SCAN_CRASHED', detail: 'the pool was closed' });
  }

  /** One at a time, and none while a start fails. Beside a scan there is a second one before anybody needs it: whoever wants to come forward has little time. */
  #grow(): void {
    const isWanted = this.#waiting.length > 0 || this.#scans > 0;
    if (!isWanted || this.#processes.size >= this.size || this.#failedStarts > 0) return;
    if ([...this.#processes].every(({ alive, idle }) => alive && !idle)) this.#spawn();
  }

  #spawn(): void {
    const { scanFile, heapMb = 512, memoryMb = heapMb + 512 } = this.options;
    const process = new PooledProcess({
      scanFile,
      heapMb,
      memoryMb,
      onReady: () => {
        this.#failedStarts = 0;
        if (process.rssBytes > (memoryMb * 1024 * 1024) / 2) process.kill({ code: 'SCAN_CRASHED', detail: 'replaced: it had grown large' });
        else this.#assign();
      },
      onEnd: (failure) => {
        this.#processes.delete(process);
        if (this.#closed) return;
        if (process.wasReady) this.#spawn();
        else this.#spawnLater(failure.detail);
      },
    });
    this.#processes.add(process);
  }

  #restLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      const [, ...spare] = this.#closed ? [] : this.#processes;
      // A job that runs asks again when it ends.
      if (this.#running > 0) return;
      for (const process of spare.filter(({ idle }) => idle)) {
        this.#processes.delete(process);
        process.retire();
      }
    }, this.options.restMs ?? 300_000).unref();
  }

  /** A file that cannot be loaded now may be there later; until then the service is not ready. */
  #spawnLater(detail: string): void {
    this.#failedStarts += 1;
    this.options.log.error({ scanFile: this.options.scanFile, detail, failedStarts: this.#failedStarts }, 'a scan process did not start');
    setTimeout(() => {
      if (!this.#closed) this.#spawn();
    }, restartMs).unref();
  }

  #assign(): void {
    for (const process of this.#processes) {
      if (!process.idle) continue;
      const next = this.#next();
      if (!next) break;
      void this.#give(next, process);
    }
    this.#grow();
  }

  /** One process stays free of scans, so that a long one keeps nobody from coming forward. */
  #next(): Waiting | undefined {
    const quick = this.#waiting.find(({ request }) => request.step !== 'scan');
    const next = quick ?? (this.#scans < this.#scansMax() ? this.#waiting[0] : undefined);
    if (next) this.#waiting = this.#waiting.filter((other) => other !== next);
    return next;
  }

  #scansMax(): number {
    return Math.max(1, this.size - 1);
  }

  async #give({ request, signal, resolve, ...listeners }: Waiting, process: PooledProcess): Promise<void> {
    const { jobMs = 300_000 } = this.options;
    const isScan = request.step === 'scan';
    this.#running += 1;
    if (isScan) this.#scans += 1;
    const tooLong = setTimeout(() => {
      process.kill({ code: 'SCAN_TIMEOUT', detail: `not done after ${jobMs} ms` });
    }, jobMs);
    const interrupt = (): void => {
      process.cancel();
      // Whoever waits need not wait for that.
      resolve({ kind: 'interrupted' });
      setTimeout(() => {
        if (running) process.kill({ code: 'SCAN_CRASHED', detail: 'interrupted' });
      }, politeMs).unref();
    };
    let running = true;
    signal.addEventListener('abort', interrupt, { once: true });
    const answer = await process.run(request, listeners);
    running = false;
    clearTimeout(tooLong);
    signal.removeEventListener('abort', interrupt);
    this.#running -= 1;
    if (isScan) this.#scans -= 1;
    this.#restLater();
    resolve(this.#closed ? { kind: 'interrupted' } : answer);
    this.#assign();
  }
}
