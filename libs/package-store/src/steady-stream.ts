/** A stream that ends with an error instead of hanging when its source falls silent. */
import { Readable } from 'node:stream';
import { PackageStoreError } from './package-store';

/** Errors of the source, and `silenceMs` without a chunk while one is wanted, become `UNAVAILABLE`. */
export function steadily(source: Readable, silenceMs: number): Readable {
  return Readable.from(watched(source, silenceMs), { objectMode: false, highWaterMark: 256 * 1024 });
}

async function* watched(source: Readable, silenceMs: number): AsyncGenerator<Buffer, void, undefined> {
  const chunks: AsyncIterator<Buffer> = source.iterator();
  try {
    for (;;) {
      const next = await nextWithin(source, chunks, silenceMs);
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    throw new PackageStoreError('UNAVAILABLE', error instanceof Error ? error.message : String(error), { cause: error });
  } finally {
    source.destroy();
  }
}

async function nextWithin(source: Readable, chunks: AsyncIterator<Buffer>, silenceMs: number): Promise<IteratorResult<Buffer>> {
  const timer = setTimeout(() => source.destroy(new Error(`no bytes for ${silenceMs} ms`)), silenceMs);
  try {
    return await chunks.next();
  } finally {
    clearTimeout(timer);
  }
}
