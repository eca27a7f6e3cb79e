/** Makes the index of a package from its bytes: the manifest of a sound directory, or the first reason to refuse it. No budgets. */
import { deflated, parseDirectory, type CentralRecord } from './central-directory';
import { findDirectory } from './end-records';
import { checkTogether } from './entry-names';
import { checkLayout } from './local-headers';
import { inManifestOrder, type ManifestEntry, manifestFormat, manifestSha256, type PackageIndex } from './package-index';
import { Refused } from './refusal';
import { type RandomAccess, readExactly } from './source';

/** Rejects only with a `PackageReaderError`. The same bytes give the same index, whoever makes it. */
export async function makeIndex(source: RandomAccess, sha256: string, signal?: AbortSignal): Promise<PackageIndex> {
  const about = { format: manifestFormat, packageSha256: sha256, packageBytes: source.size } as const;
  try {
    const entries = await readEntries(source, signal);
    return { ...about, kind: 'manifest', manifestSha256: manifestSha256(sha256, entries), entries };
  } catch (error) {
    if (error instanceof Refused) return { ...about, kind: 'refusal', ...error.refusal };
    throw error;
  }
}

async function readEntries(source: RandomAccess, signal?: AbortSignal): Promise<ManifestEntry[]> {
  const place = await findDirectory(source, signal);
  const records = parseDirectory(await readExactly(source, place.offset, place.size, signal), place);
  checkTogether(records);
  const dataOffsets = await checkLayout(source, records, place.offset, signal);
  return inManifestOrder(records).map((record) => told(record, dataOffsets[record.entryIndex] ?? 0));
}

function told(record: CentralRecord, dataOffset: number): ManifestEntry {
  return {
    path: record.path,
    rawName: record.raw.toString('base64'),
    nameEncoding: record.nameEncoding,
    kind: record.kind,
    size: record.size,
    compressedSize: record.compressedSize,
    crc32: record.crc32.toString(16).padStart(8, '0'),
    method: record.method === deflated ? 'deflated' : 'stored',
    dataOffset,
    entryIndex: record.entryIndex,
  };
}
