/** A sound archive, ready to be read: what it holds, and the content of what it holds. */
import { createHash } from 'node:crypto';
import { type ArchiveLimits, exceeded, spreadsheetLimits } from './budgets';
import { makeIndex } from './make-index';
import { type ManifestEntry, manifestFormat, type PackageIndex } from './package-index';
import { readEntry } from './read-entry';
import { PackageReaderError } from './reader-error';
import { type Bilingual, type Refusal, refusal } from './refusal';
import { accessToBytes, type RandomAccess } from './source';
import { decodeText, type TextEncoding } from './text';

export type PackageEntry = ManifestEntry;

export type EntryText =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: TextEncoding }
  | { readonly kind: 'refused'; readonly code: 'TEXT_UNDECODABLE' | 'ENTRY_TOO_LARGE'; readonly detail: Bilingual };

export type OpenedPackage = RefusedPackage | SoundPackage;

export interface RefusedPackage {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

const undecodable: Bilingual = { en: 'the content is neither UTF-8 nor GB18030 throughout', zh: '内容并非完整的 UTF-8 或 GB18030 文本' };

/** Reading rejects with `EntryCorrupt` where the content is not what the directory says, and with a `PackageReaderError` otherwise. */
export class SoundPackage {
  readonly kind = 'sound';
  readonly manifestFormat = manifestFormat;
  readonly manifestSha256: string;
  /** In the order of the manifest: by raw name. */
  readonly entries: readonly PackageEntry[];
  private readonly byPath: ReadonlyMap<string, PackageEntry>;

  constructor(
    private readonly source: RandomAccess,
    index: Extract<PackageIndex, { kind: 'manifest' }>,
    private readonly limits: ArchiveLimits,
    private readonly signal?: AbortSignal,
  ) {
    this.manifestSha256 = index.manifestSha256;
    this.entries = index.entries;
    this.byPath = new Map(index.entries.map((entry) => [entry.path, entry]));
  }

  entry(path: string): PackageEntry | undefined {
    return this.byPath.get(path);
  }

  /** Streams in constant memory; a wrong CRC shows only at the end. */
  read(entry: PackageEntry): AsyncIterable<Buffer> {
    return readEntry(this.source, entry, this.signal);
  }

  /** Rejects with `ENTRY_TOO_LARGE` without reading where the entry has more than `sizeMax` bytes. */
  async readBytes(entry: PackageEntry, sizeMax: number): Promise<Buffer> {
    if (entry.size > sizeMax) throw new PackageReaderError('ENTRY_TOO_LARGE', `${entry.path} has ${entry.size} bytes, more than ${sizeMax}`);
    const chunks: Buffer[] = [];
    for await (const chunk of this.read(entry)) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  }

  async readText(entry: PackageEntry, sizeMax: number): Promise<EntryText> {
    if (entry.size > sizeMax) {
      const { code, detail } = refusal('ENTRY_TOO_LARGE', entry.entryIndex, `${entry.size} > ${sizeMax}`);
      return { kind: 'refused', code: code as 'ENTRY_TOO_LARGE', detail };
    }
    const decoded = decodeText(await this.readBytes(entry, sizeMax));
    return decoded ? { kind: 'text', ...decoded } : { kind: 'refused', code: 'TEXT_UNDECODABLE', detail: undecodable };
  }

  /** Opens an archive inside this one (an .xlsx, unless other limits are given); every level takes one of the policy's `nesting`. */
  async readNested(entry: PackageEntry, limits: ArchiveLimits = spreadsheetLimits): Promise<OpenedPackage> {
    if (this.limits.nesting < 1) return { kind: 'refused', refusal: refusal('NESTING_TOO_DEEP', entry.entryIndex) };
    if (entry.size > limits.packageBytes) {
      return { kind: 'refused', refusal: refusal('PACKAGE_TOO_LARGE', entry.entryIndex, `${entry.size} > ${limits.packageBytes}`) };
    }
    const bytes = await this.readBytes(entry, limits.packageBytes);
    return openNested(bytes, { ...limits, nesting: Math.min(limits.nesting, this.limits.nesting - 1) }, this.signal);
  }
}

/** Opens an archive that is already in memory with the same strict reader. */
export async function openNested(bytes: Buffer, limits: ArchiveLimits = spreadsheetLimits, signal?: AbortSignal): Promise<OpenedPackage> {
  const source = accessToBytes(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return judged(source, await makeIndex(source, sha256, signal), limits, signal);
}

/** The index says whether the archive can be read, the limits whether it may be. */
export function judged(source: RandomAccess, index: PackageIndex, limits: ArchiveLimits, signal?: AbortSignal): OpenedPackage {
  if (index.kind === 'refusal') {
    const { code, entryIndex, detail } = index;
    return { kind: 'refused', refusal: entryIndex === undefined ? { code, detail } : { code, entryIndex, detail } };
  }
  const beyond = exceeded(source.size, index.entries, limits);
  return beyond ? { kind: 'refused', refusal: beyond } : new SoundPackage(source, index, limits, signal);
}
