/** How much of an archive is read. Applied on top of the index, so that one index serves every policy. */
import { type Budgets } from '@tributary/facts';
import { type ManifestEntry } from './package-index';
import { type Refusal, refusal } from './refusal';

const mebibyte = 1024 * 1024;

/** A policy's budgets, and from which size on the ratio counts. */
export interface ArchiveLimits extends Budgets {
  /** An entry, or a package, that inflates to no more than this may have any ratio. Bytes. */
  readonly ratioFreeBytes: number;
}

export const packageLimits = (budgets: Budgets): ArchiveLimits => ({ ...budgets, ratioFreeBytes: 10 * mebibyte });

/** What a spreadsheet may hold before a spreadsheet library gets to see it: such libraries inflate first and ask later. */
export const spreadsheetLimits: ArchiveLimits = {
  packageBytes: 100 * mebibyte,
  entries: 2_000,
  entryBytes: 100 * mebibyte,
  inflatedBytes: 200 * mebibyte,
  ratio: 200,
  ratioFreeBytes: mebibyte,
  nesting: 0,
  pathBytes: 1_024,
  depth: 32,
};

/** The first budget that is exceeded: the package's own ones, then entry by entry as they stand in the directory. */
export function exceeded(packageBytes: number, entries: readonly ManifestEntry[], limits: ArchiveLimits): Refusal | undefined {
  if (packageBytes > limits.packageBytes) return refusal('PACKAGE_TOO_LARGE', undefined, `${packageBytes} > ${limits.packageBytes}`);
  if (entries.length > limits.entries) return refusal('TOO_MANY_ENTRIES', undefined, `${entries.length} > ${limits.entries}`);
  const first = entries.reduce<Refusal | undefined>((found, entry) => earlier(found, exceededBy(entry, limits)), undefined);
  if (first) return first;
  const inflated = entries.reduce((sum, { size }) => sum + size, 0);
  if (inflated > limits.inflatedBytes) return refusal('INFLATED_TOO_LARGE', undefined, `${inflated} > ${limits.inflatedBytes}`);
  const compressed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  return tooDense(inflated, compressed, limits) ? refusal('RATIO_TOO_HIGH', undefined, `${inflated} / ${compressed}`) : undefined;
}

function exceededBy({ path, size, compressedSize, entryIndex }: ManifestEntry, limits: ArchiveLimits): Refusal | undefined {
  const pathBytes = Buffer.byteLength(path);
  if (pathBytes > limits.pathBytes) return refusal('NAME_TOO_LONG', entryIndex, `${pathBytes} > ${limits.pathBytes}`);
  const depth = depthOf(path);
  if (depth > limits.depth) return refusal('NAME_TOO_DEEP', entryIndex, `${depth} > ${limits.depth}`);
  if (size > limits.entryBytes) return refusal('ENTRY_TOO_LARGE', entryIndex, `${size} > ${limits.entryBytes}`);
  return tooDense(size, compressedSize, limits) ? refusal('RATIO_TOO_HIGH', entryIndex, `${size} / ${compressedSize}`) : undefined;
}

function tooDense(size: number, compressedSize: number, limits: ArchiveLimits): boolean {
  return size > limits.ratioFreeBytes && size > limits.ratio * compressedSize;
}

/** The number of segments: `a/b.sql` and `a/b/` lie two deep. */
function depthOf(path: string): number {
  let depth = 1;
  for (let at = path.indexOf('/'); at >= 0 && at < path.length - 1; at = path.indexOf('/', at + 1)) depth += 1;
  return depth;
}

function earlier(one: Refusal | undefined, other: Refusal | undefined): Refusal | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return (other.entryIndex ?? 0) < (one.entryIndex ?? 0) ? other : one;
}
