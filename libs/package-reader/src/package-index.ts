/** The index of a package: its canonical manifest, or the typed refusal. Made once, stored beside the package, read by everybody. */
import { createHash } from 'node:crypto';
import { type NameEncoding, nameEncodings } from './entry-names';
import { type Bilingual, type RefusalCode, refusalCodes } from './refusal';

/** Rises whenever an entry, the order, or the text that is hashed changes. */
export const manifestFormat = 1;

/** What the directory says about one entry. Bytes are counted from the beginning of the package. */
export interface ManifestEntry {
  /** The decoded name, NFC; a folder ends with `/`. */
  readonly path: string;
  /** The name as it stands in the archive, base64. */
  readonly rawName: string;
  readonly nameEncoding: NameEncoding;
  readonly kind: 'file' | 'directory';
  /** Inflated, in bytes. */
  readonly size: number;
  readonly compressedSize: number;
  /** Eight hex digits. */
  readonly crc32: string;
  readonly method: 'stored' | 'deflated';
  /** Where the entry's data begins. */
  readonly dataOffset: number;
  /** The entry's place in the directory, from 0. */
  readonly entryIndex: number;
}

interface AboutPackage {
  readonly format: typeof manifestFormat;
  readonly packageSha256: string;
  readonly packageBytes: number;
}

/** As JSON it lies beside the package; `manifestSha256` is what all workers must agree on. */
export type PackageIndex = AboutPackage &
  (
    | { readonly kind: 'manifest'; readonly manifestSha256: string; readonly entries: readonly ManifestEntry[] }
    | { readonly kind: 'refusal'; readonly code: RefusalCode; readonly entryIndex?: number; readonly detail: Bilingual }
  );

/** What the index of a package is called beside it: another format is another index. */
export const indexName = (packageSha256: string): string => `${packageSha256}.index-${manifestFormat}.json`;

export function encodeIndex(index: PackageIndex): Buffer {
  return Buffer.from(JSON.stringify(index));
}

/** Undefined where the bytes are no index of this package: it is made anew then, from the package itself. */
export function decodeIndex(bytes: Buffer, packageSha256: string, packageBytes: number): PackageIndex | undefined {
  const json = parsed(bytes);
  if (!isRecord(json) || json['format'] !== manifestFormat || json['packageSha256'] !== packageSha256 || json['packageBytes'] !== packageBytes)
    return undefined;
  if (json['kind'] === 'refusal') return isRefusal(json) ? (json as unknown as PackageIndex) : undefined;
  const { entries } = json;
  if (json['kind'] !== 'manifest' || !Array.isArray(entries) || !entries.every((entry) => isEntry(entry, packageBytes))) return undefined;
  return json['manifestSha256'] === manifestSha256(packageSha256, entries) ? (json as unknown as PackageIndex) : undefined;
}

/** By hand, because a schema library needs seconds for 50,000 entries. */
function isEntry(entry: unknown, packageBytes: number): entry is ManifestEntry {
  if (!isRecord(entry)) return false;
  const { path, rawName, nameEncoding, kind, size, compressedSize, crc32, method, dataOffset, entryIndex } = entry;
  return (
    typeof path === 'string' &&
    typeof rawName === 'string' &&
    nameEncodings.some((known) => known === nameEncoding) &&
    (kind === 'file' || kind === 'directory') &&
    (method === 'stored' || method === 'deflated') &&
    typeof crc32 === 'string' &&
    crc32.length === 8 &&
    isCount(size) &&
    isCount(entryIndex) &&
    isCount(dataOffset) &&
    isCount(compressedSize) &&
    dataOffset + compressedSize <= packageBytes
  );
}

function isRefusal(json: Record<string, unknown>): boolean {
  const { code, entryIndex, detail } = json;
  const placed = entryIndex === undefined || isCount(entryIndex);
  return refusalCodes.some((known) => known === code) && placed && isRecord(detail) && typeof detail['en'] === 'string' && typeof detail['zh'] === 'string';
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The order of the manifest: by the bytes of the raw names. */
export function inManifestOrder<T extends { readonly raw: Buffer }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => Buffer.compare(a.raw, b.raw));
}

/**
 * The hash of the canonical manifest (RFC 8785): `{"entries":[{"crc32","kind","rawName","size"}...],"format","packageSha256"}`,
 * entries in the order of their raw names. Written by hand because the members are in order and need no escapes, and there may be
 * very many of them.
 */
export function manifestSha256(packageSha256: string, entries: readonly ManifestEntry[]): string {
  const hash = createHash('sha256').update('{"entries":[');
  let pending = '';
  for (const { crc32, kind, rawName, size } of entries) {
    pending += `${pending === '' ? '' : ','}{"crc32":"${crc32}","kind":"${kind}","rawName":"${rawName}","size":${size}}`;
  }
  return hash.update(`${pending}],"format":${manifestFormat},"packageSha256":"${packageSha256}"}`).digest('hex');
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
