/** The end of an archive: exactly one end record, the zip64 records where there are any, and what they say about the directory. */
import { Refused } from './refusal';
import { type RandomAccess, readExactly } from './source';

const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const endBytes = 22;
const locatorBytes = 20;
const end64Bytes = 56;
const commentBytesMax = 65_535;

/** Protect the making of an index, whatever a policy says. */
export const directoryBytesMax = 64 * 1024 * 1024;
export const entriesMax = 100_000;

export interface DirectoryPlace {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

interface End {
  readonly at: number;
  readonly entriesHere: number;
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
}

/** Throws `Refused`. */
export async function findDirectory(source: RandomAccess, signal?: AbortSignal): Promise<DirectoryPlace> {
  const tailBytes = Math.min(source.size, endBytes + commentBytesMax + locatorBytes);
  const tailStart = source.size - tailBytes;
  const tail = await readExactly(source, tailStart, tailBytes, signal);
  const found = findEnd(tail);
  if (found === undefined) throw new Refused((await looksLikeZip(source, signal)) ? 'END_MISSING' : 'NOT_A_ZIP');
  const locatorAt = found - locatorBytes;
  const hasLocator = locatorAt >= 0 && tail.readUInt32LE(locatorAt) === locatorSignature;
  const end = parseEnd(tail, found, tailStart, hasLocator);
  const place = hasLocator ? await readZip64(source, tail.subarray(locatorAt, found), end, signal) : { ...end, ends: end.at };
  if (place.entriesHere !== place.entries) throw new Refused('ENTRY_COUNT_WRONG', undefined, `${place.entriesHere}, ${place.entries}`);
  if (place.offset + place.size !== place.ends) throw new Refused('DIRECTORY_MISPLACED');
  if (place.size > directoryBytesMax) throw new Refused('DIRECTORY_TOO_LARGE', undefined, `${place.size}`);
  if (place.entries > entriesMax) throw new Refused('TOO_MANY_ENTRIES', undefined, `${place.entries}`);
  return { offset: place.offset, size: place.size, entries: place.entries };
}

/**
 * Readers differ in whether they take the first or the last end record that they see. So there must be only one: the last
 * signature, and its comment reaches exactly to the end of the file.
 */
function findEnd(tail: Buffer): number | undefined {
  const places: number[] = [];
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endSignature) places.push(at);
  }
  const last = places[0];
  if (last === undefined) return undefined;
  const reaching = places.filter((at) => at + endBytes + tail.readUInt16LE(at + 20) === tail.length);
  if (reaching.length > 1) throw new Refused('END_AMBIGUOUS');
  if (reaching[0] === last) return last;
  throw new Refused(reaching.length === 1 ? 'END_AMBIGUOUS' : 'TRAILING_BYTES');
}

function parseEnd(tail: Buffer, at: number, tailStart: number, hasZip64: boolean): End {
  const disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
  if (disks.some((disk) => disk !== 0 && !(hasZip64 && disk === 0xffff))) throw new Refused('MULTI_DISK');
  return {
    at: tailStart + at,
    entriesHere: tail.readUInt16LE(at + 8),
    entries: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    offset: tail.readUInt32LE(at + 16),
  };
}

async function readZip64(source: RandomAccess, locator: Buffer, end: End, signal?: AbortSignal): Promise<Omit<End, 'at'> & { ends: number }> {
  if (locator.readUInt32LE(4) !== 0 || locator.readUInt32LE(16) > 1) throw new Refused('MULTI_DISK');
  const at = safeInteger(locator.readBigUInt64LE(8));
  const record64Ends = end.at - locatorBytes;
  if (at === undefined || at + end64Bytes !== record64Ends) throw new Refused('ZIP64_INVALID');
  const record = await readExactly(source, at, end64Bytes, signal);
  if (record.readUInt32LE(0) !== end64Signature || record.readBigUInt64LE(4) !== BigInt(end64Bytes - 12)) throw new Refused('ZIP64_INVALID');
  if (record.readUInt32LE(16) !== 0 || record.readUInt32LE(20) !== 0) throw new Refused('MULTI_DISK');
  return {
    entriesHere: agreed(record.readBigUInt64LE(24), end.entriesHere, 0xffff),
    entries: agreed(record.readBigUInt64LE(32), end.entries, 0xffff),
    size: agreed(record.readBigUInt64LE(40), end.size, 0xffffffff),
    offset: agreed(record.readBigUInt64LE(48), end.offset, 0xffffffff),
    ends: at,
  };
}

/** A reader that ignores zip64 must see the same, unless the short field says that it is not the one to read. */
function agreed(long: bigint, short: number, full: number): number {
  const value = safeInteger(long);
  if (value === undefined || (short !== full && short !== value)) throw new Refused('ZIP64_INVALID');
  return value;
}

export function safeInteger(value: bigint): number | undefined {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
}

async function looksLikeZip(source: RandomAccess, signal?: AbortSignal): Promise<boolean> {
  if (source.size < 4) return false;
  const head = await readExactly(source, 0, 4, signal);
  return head.readUInt16LE(0) === 0x4b50;
}
