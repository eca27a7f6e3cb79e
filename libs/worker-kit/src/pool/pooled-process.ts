/** One scan process as the pool sees it: ready, at a job, or gone. */
import { type ChildProcess, fork } from 'node:child_process';
import { type Progress } from '../definition/worker-definition';
import { type FromScanProcess, type JobAnswer, type JobRequest, type ToScanProcess } from '../scan/messages';
import { type ScanFailure } from '../worker/scan-runner';
import { failureOfEnd } from './process-end';

export interface PooledProcessOptions {
  /** Absolute path of compiled JavaScript that calls `createScanProcess`. */
  readonly scanFile: string;
  /** Of the JavaScript heap. */
  readonly heapMb: number;
  /** Of the whole process. */
  readonly memoryMb: number;
  /** Free for a job. */
  readonly onReady: () => void;
  readonly onEnd: (failure: ScanFailure) => void;
}

export interface JobListeners {
  /** A process has taken the job. */
  readonly onBegun: () => void;
  readonly onProgress: (progress: Progress) => void;
  readonly onNote: (text: string) => void;
}

interface CurrentJob extends JobListeners {
  readonly id: number;
  path: string | undefined;
  readonly resolve: (answer: JobAnswer) => void;
}

const lastWordsMax = 8_192;

export class PooledProcess {
  readonly #child: ChildProcess;
  #state: 'starting' | 'idle' | 'busy' | 'gone' = 'starting';
  #job: CurrentJob | undefined;
  #why: ScanFailure | undefined;
  #lastWords = '';
  /** After its last job, bytes. */
  rssBytes = 0;
  /** It could be started at all. */
  wasReady = false;

  constructor(private readonly options: PooledProcessOptions) {
    const { scanFile, heapMb, memoryMb } = options;
    this.#child = fork(scanFile, [String(memoryMb)], {
      execArgv: [`--max-old-space-size=${heapMb}`, '--enable-source-maps'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-lastWordsMax);
    });
    this.#child.on('message', (message) => {
      this.#hear(message as FromScanProcess);
    });
    this.#child.on('error', (error) => {
      this.#lastWords = (this.#lastWords + String(error)).slice(-lastWordsMax);
      if (this.#child.pid === undefined) this.#ended(null, null);
    });
    // 'close' rather than 'exit': by then its last words were read.
    this.#child.on('close', (code, signal) => {
      this.#ended(code, signal);
    });
  }

  get idle(): boolean {
    return this.#state === 'idle';
  }

  get alive(): boolean {
    return this.#state === 'idle' || this.#state === 'busy';
  }

  /** Resolves with the answer, or with the failure that ended the process. The process must be idle. */
  run(request: JobRequest, listeners: JobListeners): Promise<JobAnswer> {
    const { promise, resolve } = Promise.withResolvers<JobAnswer>();
    this.#state = 'busy';
    this.#job = { id: request.id, path: undefined, resolve, ...listeners };
    this.#send({ type: 'job', request });
    listeners.onBegun();
    return promise;
  }

  /** Asks the current job to end. */
  cancel(): void {
    if (this.#job) this.#send({ type: 'cancel', id: this.#job.id });
  }

  /** It has no job and gets none any more: it ends by itself, and nobody is told. */
  retire(): void {
    this.#state = 'gone';
    this.#child.disconnect();
  }

  /** `why` is told as the current job's failure. */
  kill(why: ScanFailure): void {
    this.#why ??= why;
    this.#child.kill('SIGKILL');
  }

  #send(message: ToScanProcess): void {
    // An error is followed by 'close', which tells the job.
    this.#child.send(message, () => undefined);
  }

  #hear(message: FromScanProcess): void {
    if (message.type === 'ready') {
      this.#state = 'idle';
      this.wasReady = true;
      this.options.onReady();
      return;
    }
    const job = this.#job;
    if (job?.id !== message.id) return;
    if (message.type === 'at') job.path = message.path;
    else if (message.type === 'progress') job.onProgress(message.progress);
    else if (message.type === 'note') job.onNote(message.text);
    else {
      this.rssBytes = message.rssBytes;
      this.#job = undefined;
      if (this.#state === 'busy') this.#state = 'idle';
      job.resolve(message.answer);
      this.options.onReady();
    }
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    const failure = this.#why ?? failureOfEnd({ code, signal, lastWords: this.#lastWords });
    const job = this.#job;
    this.#job = undefined;
    job?.resolve({ kind: 'impossible', failure: { ...failure, ...(job.path !== undefined && { path: job.path }) } });
    this.options.onEnd({ ...failure, detail: `${failure.detail}${this.#lastWords === '' ? '' : `: ${this.#lastWords.slice(-500)}`}` });
  }
}
