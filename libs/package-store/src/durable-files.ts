/** The file system in the store's words: whole writes, full reads, durable names, typed errors. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PackageStoreError } from './package-store';

/** Small chunks are written together; one write is under way while the next batch is hashed. */
const batchBytesMin = 256 * 1024;

/** Writes everything in order, whatever the size of the chunks. */
export async function writeAll(handle: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  let underWay: Promise<void> = Promise.resolve();
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    batch.push(chunk);
    batchBytes += chunk.length;
    if (batchBytes < batchBytesMin) continue;
    await underWay;
    underWay = writeFully(handle, batch);
    underWay.catch(() => undefined); // awaited before the next write; until then nobody listens
    batch = [];
    batchBytes = 0;
  }
  await underWay;
  await writeFully(handle, batch);
}

/** A disk that is nearly full takes a part of what it is given; the rest is offered again, which tells why. */
async function writeFully(handle: FileHandle, batch: readonly Uint8Array[]): Promise<void> {
  const total = batch.reduce((sum, { length }) => sum + length, 0);
  if (total === 0) return;
  await speaking(async () => {
    const { bytesWritten } = await handle.writev(batch);
    if (bytesWritten < total) await handle.writeFile(Buffer.concat(batch).subarray(bytesWritten));
  });
}

/** A new name survives a power cut only once its folder was flushed. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads from `start` until the buffer is full or the file ends; answers the part that was filled. */
export async function fill(handle: FileHandle, buffer: Buffer, start: number): Promise<Buffer> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Asked by shape: an error may come from another realm, where `instanceof` says no. */
export const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
const messageOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error));

/** ELOOP is what opening a symbolic link without following it says; such a link is no object. */
const absent: readonly unknown[] = ['ENOENT', 'ENOTDIR', 'ELOOP'];
/** The key needs a folder where a file is, or a file where a folder is. */
const inTheWay: readonly unknown[] = ['ENOTDIR', 'EISDIR', 'EEXIST', 'ENOTEMPTY', 'ENAMETOOLONG'];

/** Undefined where the file system says that there is no such thing. */
export async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (absent.includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** The file system's errors in the store's words. */
export async function speaking<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PackageStoreError) throw error;
    const code = inTheWay.includes(codeOf(error)) ? 'INVALID_KEY' : 'UNAVAILABLE';
    throw new PackageStoreError(code, messageOf(error), { cause: error });
  }
}
