/** The index of a package: its canonical manifest, or the typed refusal. Made once, stored beside the package, read by everybody. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { nameEncodings } from './entry-names';
import { refusalCodes } from './refusal';

/** Rises whenever an entry, the order, or the text that is hashed changes. */
export const manifestFormat = 1;

const Offset = z.number().int().min(0);

/** What the directory says about one entry. Bytes are counted from the beginning of the package. */
export const ManifestEntry = z.strictObject({
  /** The decoded name, NFC; a folder ends with `/`. */
  path: z.string().min(1),
  /** The name as it stands in the archive, base64. */
  rawName: z.base64(),
  nameEncoding: z.enum(nameEncodings),
  kind: z.enum(['file', 'directory']),
  /** Inflated, in bytes. */
  size: Offset,
  compressedSize: Offset,
  /** Eight hex digits. */
  crc32: z.string().regex(/^[0-9a-f]{8}$/),
  method: z.enum(['stored', 'deflated']),
  /** Where the entry's data begins. */
  dataOffset: Offset,
  /** The entry's place in the directory, from 0. */
  entryIndex: Offset,
});
export type ManifestEntry = z.infer<typeof ManifestEntry>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const PackageIndexSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    format: z.literal(manifestFormat),
    packageSha256: Sha256,
    packageBytes: Offset,
    kind: z.literal('manifest'),
    manifestSha256: Sha256,
    entries: z.array(ManifestEntry),
  }),
  z.strictObject({
    format: z.literal(manifestFormat),
    packageSha256: Sha256,
    packageBytes: Offset,
    kind: z.literal('refusal'),
    code: z.enum(refusalCodes),
    entryIndex: Offset.optional(),
    detail: z.strictObject({ en: z.string(), zh: z.string() }),
  }),
]);
export type PackageIndex = z.infer<typeof PackageIndexSchema>;

export function encodeIndex(index: PackageIndex): Buffer {
  return Buffer.from(JSON.stringify(index));
}

/** Undefined where the bytes are no index of this package: it is made anew then, from the package itself. */
export function decodeIndex(bytes: Buffer, packageSha256: string, packageBytes: number): PackageIndex | undefined {
  const json = parsed(bytes);
  const index = PackageIndexSchema.safeParse(json);
  if (!index.success || index.data.packageSha256 !== packageSha256 || index.data.packageBytes !== packageBytes) return undefined;
  if (index.data.kind === 'manifest' && index.data.manifestSha256 !== manifestSha256(packageSha256, index.data.entries)) return undefined;
  return index.data;
}

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
  for (const [at, { crc32, kind, rawName, size }] of entries.entries()) {
    hash.update(`${at === 0 ? '' : ','}{"crc32":"${crc32}","kind":"${kind}","rawName":"${rawName}","size":${size}}`);
  }
  return hash.update(`],"format":${manifestFormat},"packageSha256":"${packageSha256}"}`).digest('hex');
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
