/** Where the bytes of an archive come from: anything that can be read at any place. */
import { PackageReaderError } from './reader-error';

/** A file, an object behind range reads, or bytes. `read` answers exactly `length` bytes, or rejects. */
export interface RandomAccess {
  readonly size: number;
  read(start: number, length: number): Promise<Buffer>;
}

export function accessToBytes(bytes: Buffer): RandomAccess {
  return { size: bytes.length, read: (start, length) => Promise.resolve(bytes.subarray(start, start + length)) };
}

/** Reads exactly; a source that answers less, or fails, is `SOURCE_FAILED`: not the archive's fault, worth trying again. */
export async function readExactly(source: RandomAccess, start: number, length: number, signal?: AbortSignal): Promise<Buffer> {
  if (signal?.aborted === true) throw new PackageReaderError('ABORTED', 'reading was aborted', { cause: signal.reason });
  let bytes: Buffer;
  try {
    bytes = await source.read(start, length);
  } catch (error) {
    throw new PackageReaderError('SOURCE_FAILED', `cannot read ${length} bytes at ${start}`, { cause: error });
  }
  if (bytes.length !== length) throw new PackageReaderError('SOURCE_FAILED', `${bytes.length} instead of ${length} bytes at ${start}`);
  return bytes;
}
