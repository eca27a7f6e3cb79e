/** Bytes on their way into a store: counted, hashed, bounded, and stopped by a signal even while their source is silent. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { PackageStoreError, type PutOptions } from './package-store';

export class Meter {
  private bytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly options: Pick<PutOptions, 'sizeMax' | 'signal'>) {}

  get size(): number {
    return this.bytes;
  }

  /** Hex. Once only, after the last chunk. */
  sha256(): string {
    return this.hash.digest('hex');
  }

  /** Passes every chunk on; rejects with `TOO_LARGE` or `ABORTED` and lets go of the source in both cases. */
  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    const iterator = source[Symbol.asyncIterator]();
    let finished = false;
    try {
      for (;;) {
        const next = await nextOrAbort(iterator, this.options.signal);
        if (next.done === true) {
          finished = true;
          return;
        }
        this.count(next.value);
        yield next.value;
      }
    } finally {
      if (!finished) letGo(source, iterator);
    }
  }

  private count(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    const { sizeMax } = this.options;
    if (sizeMax !== undefined && this.bytes > sizeMax) throw new PackageStoreError('TOO_LARGE', `more than ${sizeMax} bytes`);
    this.hash.update(chunk);
  }
}

export function abortedError(reason: unknown): PackageStoreError {
  return new PackageStoreError('ABORTED', 'the put was aborted', { cause: reason });
}

/**
 * `Promise.race` against one long-lived promise would keep every chunk alive until the end of the put; so the listener is
 * taken off again after every step.
 */
function nextOrAbort(iterator: AsyncIterator<Uint8Array>, signal: AbortSignal | undefined): Promise<IteratorResult<Uint8Array>> {
  if (signal === undefined) return iterator.next();
  if (signal.aborted) return Promise.reject(abortedError(signal.reason));
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(abortedError(signal.reason));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    iterator
      .next()
      .finally(() => {
        signal.removeEventListener('abort', onAbort);
      })
      .then(resolve, reject);
  });
}

/** Not awaited: a source that hangs in `next` would hang in `return`, too. */
function letGo(source: AsyncIterable<Uint8Array>, iterator: AsyncIterator<Uint8Array>): void {
  if (source instanceof Readable) source.destroy();
  iterator.return?.().catch(() => undefined);
}
