/** The entry of a scan process: loads the definitions, then does one job after the other for whoever started it. */
import { openStore, type PackageStore } from '@tributary/package-store';
import { type AnyWorkerDefinition, type Progress } from '../definition/worker-definition';
import { type FromScanProcess, type JobAnswer, type JobRequest, type ToScanProcess } from './messages';
import { PackageShelf } from './package-shelf';
import { impossible } from './scan-failure';
import { ScanSession } from './scan-session';
import { Watchdog } from './watchdog';

const progressEveryMs = 200;

/** Call it once, as the last line of the file that the pool starts. Throws when nobody listens: the file was started by hand. */
export function createScanProcess(definitions: readonly AnyWorkerDefinition[]): void {
  if (!process.send) throw new Error('a scan process is started by a scan pool');
  const memoryMb = Number(process.argv.at(-1));
  // Whoever started us says when to go; a signal to the whole group is for them.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  process.on('disconnect', () => {
    process.exit(0);
  });
  const desk = new JobDesk(definitions, new Watchdog(memoryMb * 1024 * 1024));
  process.on('message', (message: ToScanProcess) => {
    if (message.type === 'cancel') desk.cancel(message.id);
    else void desk.take(message.request);
  });
  say({ type: 'ready', subTaskTypes: definitions.map(({ subTaskType }) => subTaskType) });
}

function say(message: FromScanProcess): void {
  process.send?.(message);
}

class JobDesk {
  readonly #stores = new Map<string, { readonly store: PackageStore; readonly shelf: PackageShelf }>();
  #current: { readonly id: number; readonly controller: AbortController } | undefined;

  constructor(
    private readonly definitions: readonly AnyWorkerDefinition[],
    private readonly watchdog: Watchdog,
  ) {}

  cancel(id: number): void {
    if (this.#current?.id === id) this.#current.controller.abort();
  }

  async take(request: JobRequest): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    this.#current = { id, controller };
    this.watchdog.busy(true);
    const answer = await this.#answer(request, controller.signal).catch((error: unknown): JobAnswer =>
      controller.signal.aborted ? { kind: 'interrupted' } : impossible('SCAN_ERROR', String(error)),
    );
    this.watchdog.busy(false);
    this.#current = undefined;
    say({ type: 'answer', id, answer, rssBytes: this.watchdog.rssBytes });
  }

  async #answer(request: JobRequest, signal: AbortSignal): Promise<JobAnswer> {
    const { id, job } = request;
    const definition = this.definitions.find(({ subTaskType }) => subTaskType === job.subTaskType);
    if (!definition) return impossible('SCAN_ERROR', `nobody here scans ${job.subTaskType}`);
    const session = new ScanSession({
      definition,
      ...this.#store(request),
      job,
      signal,
      onFile: (path) => {
        say({ type: 'at', id, path });
      },
      onProgress: seldom((progress) => {
        say({ type: 'progress', id, progress });
      }),
      onNote: (text) => {
        say({ type: 'note', id, text });
      },
    });
    if (request.step === 'reportFault') return { kind: 'reported', fault: await session.reportFault(request.failure) };
    return request.step === 'consider' ? await session.consider() : await session.scan();
  }

  #store({ store }: JobRequest): { readonly store: PackageStore; readonly shelf: PackageShelf } {
    const key = JSON.stringify(store);
    const opened = this.#stores.get(key) ?? { store: openStore(store), shelf: new PackageShelf() };
    this.#stores.set(key, opened);
    return opened;
  }
}

/** Lets the first through, and then one in a while; the end says the rest. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let nextAt = 0;
  return (progress) => {
    const now = performance.now();
    if (now < nextAt && progress.done < progress.total) return;
    nextAt = now + progressEveryMs;
    tell(progress);
  };
}
