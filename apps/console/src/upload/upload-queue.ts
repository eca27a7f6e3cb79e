/** Packages on their way in: who is sent now, who waits, what goes on by itself. */
import { ApiProblem, Unreachable } from '@tributary/api-client';
import { readPackageName } from './package-name';
import { type Sending, type Sent } from './send-package';
import { withSample } from './transfer-pace';
import { edited, ended, isEditable, resumed, started, type UploadEntry } from './upload-entry';

export interface UploadQueuePorts {
  readonly send: (sending: Sending) => Promise<Sent>;
  readonly freshKey: () => string;
  /** ms of a clock that only runs forward. */
  readonly now: () => number;
}

/** More would share the same line and all be late. */
const atOnce = 3;

export class UploadQueue {
  #entries: readonly UploadEntry[] = [];
  readonly #sending = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();

  constructor(private readonly ports: UploadQueuePorts) {}

  readonly entries = (): readonly UploadEntry[] => this.#entries;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly File[]): void {
    const drafts = files.map((file): UploadEntry => {
      const { product = '', version = '' } = readPackageName(file.name);
      const idempotencyKey = this.ports.freshKey();
      return { id: idempotencyKey, file, product, version, policy: undefined, idempotencyKey, resumed: 0, state: { kind: 'draft' } };
    });
    this.#become([...this.#entries.filter(({ state }) => state.kind !== 'accepted'), ...drafts]);
  }

  edit(id: string, change: Partial<Pick<UploadEntry, 'product' | 'version'>>): void {
    this.#change(id, (entry) => (isEditable(entry) ? edited(entry, change, this.ports.freshKey()) : entry));
  }

  start(ids: readonly string[], policy: string | undefined): void {
    for (const id of ids) this.#change(id, (entry) => (isEditable(entry) ? started(entry, policy, this.ports.freshKey()) : entry));
    this.#sendNext();
  }

  /** Back to a draft, whatever was sent is forgotten by the server. */
  cancel(id: string): void {
    this.#sending.get(id)?.abort();
    this.#change(id, (entry) => ({ ...entry, state: { kind: 'draft' } }));
  }

  remove(id: string): void {
    this.#sending.get(id)?.abort();
    this.#become(this.#entries.filter((entry) => entry.id !== id));
  }

  /** What waits for a connection goes on. */
  resume(id?: string): void {
    this.#become(this.#entries.map((entry) => (entry.state.kind === 'interrupted' && (id === undefined || id === entry.id) ? resumed(entry) : entry)));
    this.#sendNext();
  }

  /** What was refused for want of a token goes on. */
  resumeRefused(): void {
    const isRefused = ({ state }: UploadEntry): boolean => state.kind === 'failed' && state.error instanceof ApiProblem && state.error.status === 401;
    this.#become(this.#entries.map((entry) => (isRefused(entry) ? resumed(entry) : entry)));
    this.#sendNext();
  }

  #sendNext(): void {
    for (const entry of this.#entries) {
      if (this.#sending.size >= atOnce) return;
      if (entry.state.kind === 'queued' && !this.#sending.has(entry.id)) void this.#send(entry);
    }
  }

  async #send({ id, file, product, version, policy, idempotencyKey }: UploadEntry): Promise<void> {
    const abort = new AbortController();
    this.#sending.set(id, abort);
    this.#change(id, (entry) => ({ ...entry, state: { kind: 'sending', samples: [{ at: this.ports.now(), bytes: 0 }] } }));
    try {
      const sent = await this.ports.send({
        ...{ file, idempotencyKey, policy, signal: abort.signal },
        product: product === '' ? undefined : product,
        version: version === '' ? undefined : version,
        onProgress: (bytes) => {
          this.#progress(id, bytes);
        },
      });
      const { accepted, replayed } = sent;
      this.#change(id, (entry) => ({ ...entry, state: { kind: 'accepted', taskId: accepted.taskId, replayed } }));
    } catch (error) {
      if (!abort.signal.aborted) this.#change(id, (entry) => ended(entry, error, error instanceof Unreachable));
    } finally {
      if (this.#sending.get(id) === abort) this.#sending.delete(id);
      this.#sendNext();
    }
  }

  #progress(id: string, bytes: number): void {
    const sample = { at: this.ports.now(), bytes };
    this.#change(id, (entry) =>
      entry.state.kind === 'sending' ? { ...entry, state: { kind: 'sending', samples: withSample(entry.state.samples, sample) } } : entry,
    );
  }

  #change(id: string, change: (entry: UploadEntry) => UploadEntry): void {
    this.#become(this.#entries.map((entry) => (entry.id === id ? change(entry) : entry)));
  }

  #become(entries: readonly UploadEntry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}
