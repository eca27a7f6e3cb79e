/** The text of one file of a package, read by its index and a range of bytes: the package itself is never loaded whole. */
import { type PackageEntry, type PackageIndex } from '@tributary/api-client';

export interface PackageReads {
  readonly index: (signal: AbortSignal) => Promise<PackageIndex>;
  /** `end` is exclusive. */
  readonly bytes: (part: { readonly start: number; readonly end: number }, signal: AbortSignal) => Promise<ArrayBuffer>;
}

/** A file that is larger is not shown; the report quotes the place. Bytes, inflated. */
export const sourceBytesMax = 4 * 1024 * 1024;

/** Undefined where the file is in no place that we can read: too large, inside of another archive, no text. */
export async function sourceText({ index, bytes }: PackageReads, path: string, signal: AbortSignal): Promise<string | undefined> {
  const found = await index(signal);
  const entry = found.kind === 'manifest' ? found.entries.find((candidate) => candidate.kind === 'file' && candidate.path === path) : undefined;
  if (!entry || entry.size === 0 || entry.size > sourceBytesMax || entry.compressedSize > sourceBytesMax) return undefined;
  const packed = await bytes({ start: entry.dataOffset, end: entry.dataOffset + entry.compressedSize }, signal);
  return decoded(await inflated(packed, entry));
}

async function inflated(packed: ArrayBuffer, { method, size }: PackageEntry): Promise<Uint8Array> {
  if (method === 'stored') return new Uint8Array(packed);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const out = new Uint8Array(size);
  let at = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    // What is longer than its index says is no entry of ours.
    if (at + part.value.length > size) throw new RangeError('longer than the index says');
    out.set(part.value, at);
    at += part.value.length;
  }
  return out.subarray(0, at);
}

/** As the workers read it: by the byte order mark, else UTF-8, else GB18030. */
function decoded(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodedAs('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decodedAs('utf-16be', bytes);
  return decodedAs('utf-8', bytes) ?? decodedAs('gb18030', bytes);
}

function decodedAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
