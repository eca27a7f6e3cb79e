/** The content of one entry: inflated in constant memory, never past its declared size, its CRC checked at the end. */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw, inflateRawSync, type InflateRaw } from 'node:zlib';
import { type ManifestEntry } from './package-index';
import { EntryCorrupt } from './reader-error';
import { type RandomAccess, readExactly } from './source';

/** One request to the source. */
const requestBytes = 1024 * 1024;
/** Up to this size an entry is inflated at once: it takes about a millisecond at most, and a stream for every small file twenty times that. */
const wholeBytesMax = 256 * 1024;
const chunkBytes = 64 * 1024;

/** Rejects with `EntryCorrupt`, or a `PackageReaderError`. Nothing may be trusted before the iteration has ended. */
export async function* readEntry(source: RandomAccess, entry: ManifestEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  if (entry.kind === 'directory') return;
  const check = new ContentCheck(entry);
  for await (const chunk of contentOf(source, entry, signal)) {
    check.take(chunk);
    yield chunk;
  }
  check.end();
}

function contentOf(source: RandomAccess, entry: ManifestEntry, signal?: AbortSignal): AsyncIterable<Buffer> {
  if (entry.method === 'stored') return requests(source, entry, signal);
  const small = entry.size <= wholeBytesMax && entry.compressedSize <= wholeBytesMax;
  return small ? inflatedWhole(source, entry, signal) : inflatedInChunks(source, entry, signal);
}

class ContentCheck {
  private crc = 0;
  private size = 0;

  constructor(private readonly entry: ManifestEntry) {}

  take(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size > this.entry.size) throw new EntryCorrupt(this.entry.path, 'SIZE_WRONG');
    this.crc = crc32(chunk, this.crc);
  }

  end(): void {
    if (this.size !== this.entry.size) throw new EntryCorrupt(this.entry.path, 'SIZE_WRONG');
    if (this.crc !== Number.parseInt(this.entry.crc32, 16)) throw new EntryCorrupt(this.entry.path, 'CRC_WRONG');
  }
}

async function* requests(source: RandomAccess, entry: ManifestEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const end = entry.dataOffset + entry.compressedSize;
  for (let at = entry.dataOffset; at < end; at += requestBytes) {
    yield await readExactly(source, at, Math.min(requestBytes, end - at), signal);
  }
}

/** The `info` option of zlib tells how much of the input was consumed; the types do not know it. */
const inflateWithInfo = inflateRawSync as unknown as (
  bytes: Buffer,
  options: { info: true; maxOutputLength: number; chunkSize: number },
) => { buffer: Buffer; engine: InflateRaw };

async function* inflatedWhole(source: RandomAccess, entry: ManifestEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const compressed = await readExactly(source, entry.dataOffset, entry.compressedSize, signal);
  const content = inflated(compressed, entry);
  if (content.length > 0) yield content;
}

function inflated(compressed: Buffer, entry: ManifestEntry): Buffer {
  const room = { maxOutputLength: Math.max(1, entry.size), chunkSize: Math.max(64, entry.size + 1) };
  let answer: { buffer: Buffer; engine: InflateRaw };
  try {
    answer = inflateWithInfo(compressed, { info: true, ...room });
  } catch (error) {
    throw new EntryCorrupt(entry.path, codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'SIZE_WRONG' : 'INFLATE_FAILED', { cause: error });
  }
  if (answer.engine.bytesWritten !== entry.compressedSize) throw new EntryCorrupt(entry.path, 'TRAILING_DATA');
  return answer.buffer;
}

async function* inflatedInChunks(source: RandomAccess, entry: ManifestEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const input = Readable.from(requests(source, entry, signal), { objectMode: false });
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  let failure: { readonly error: unknown } | undefined;
  input.on('error', (error) => {
    failure = { error };
    inflate.destroy();
  });
  input.pipe(inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    // What the source said is told unchanged; everything else is the data's fault.
    throw failure ? failure.error : new EntryCorrupt(entry.path, 'INFLATE_FAILED', { cause: error });
  } finally {
    input.destroy();
    inflate.destroy();
  }
  if (inflate.bytesWritten !== entry.compressedSize) throw new EntryCorrupt(entry.path, 'TRAILING_DATA');
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);
