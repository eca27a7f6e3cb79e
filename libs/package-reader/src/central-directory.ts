/** The directory of an archive: every record read, every field that could mislead checked. */
import { crc32 } from 'node:zlib';
import { safeInteger, type DirectoryPlace } from './end-records';
import { decodeName, type DecodedName } from './entry-names';
import { parseExtraFields, unicodeCommentField, zip64Field } from './extra-fields';
import { Refused } from './refusal';

const centralSignature = 0x02014b50;
const centralBytes = 46;
const full32 = 0xffffffff;

export const stored = 0;
export const deflated = 8;
const aes = 99;

/** Encryption, strong encryption, and masked headers. */
const encryptedFlags = 0x0001 | 0x0040 | 0x2000;
const patchedFlag = 0x0020;
export const descriptorFlag = 0x0008;
const utf8Flag = 0x0800;

const typeMask = 0xf000;
const typeFile = 0x8000;
const typeFolder = 0x4000;
const typeLink = 0xa000;
const dosFolder = 0x10;
const dosReparsePoint = 0x400;

export interface CentralRecord extends DecodedName {
  readonly entryIndex: number;
  readonly raw: Buffer;
  readonly kind: 'file' | 'directory';
  readonly flags: number;
  readonly method: number;
  /** DOS time and date as one number, only to be compared. */
  readonly modified: number;
  readonly crc32: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the local header begins. */
  readonly offset: number;
}

/** Throws `Refused`. */
export function parseDirectory(directory: Buffer, place: DirectoryPlace): CentralRecord[] {
  const records: CentralRecord[] = [];
  let at = 0;
  while (at < directory.length) {
    const entryIndex = records.length;
    if (entryIndex === place.entries) throw new Refused('ENTRY_COUNT_WRONG', undefined, `${place.entries}`);
    if (at + centralBytes > directory.length || directory.readUInt32LE(at) !== centralSignature) throw new Refused('DIRECTORY_INVALID', entryIndex);
    const end = at + centralBytes + directory.readUInt16LE(at + 28) + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (end > directory.length) throw new Refused('DIRECTORY_INVALID', entryIndex);
    records.push(parseRecord(directory.subarray(at, end), entryIndex, place.offset));
    at = end;
  }
  if (records.length !== place.entries) throw new Refused('ENTRY_COUNT_WRONG', undefined, `${place.entries}, ${records.length}`);
  return records;
}

function parseRecord(record: Buffer, entryIndex: number, directoryOffset: number): CentralRecord {
  const flags = record.readUInt16LE(8);
  const method = record.readUInt16LE(10);
  checkFeatures(flags, method, entryIndex);
  const nameEnd = centralBytes + record.readUInt16LE(28);
  const extraEnd = nameEnd + record.readUInt16LE(30);
  const raw = record.subarray(centralBytes, nameEnd);
  const extra = parseExtraFields(record.subarray(nameEnd, extraEnd), entryIndex);
  checkComment(record.subarray(extraEnd), extra, entryIndex);
  const numbers = withZip64(record, extra.get(zip64Field), entryIndex);
  const name = decodeName(raw, (flags & utf8Flag) !== 0, extra, entryIndex);
  const kind = name.path.endsWith('/') ? 'directory' : 'file';
  checkKind(record.readUInt32LE(38), kind, entryIndex);
  const { disk, ...places } = numbers;
  if (disk !== 0) throw new Refused('MULTI_DISK', entryIndex);
  const found = {
    ...name,
    entryIndex,
    raw,
    kind,
    flags,
    method,
    modified: record.readUInt32LE(12),
    crc32: record.readUInt32LE(16),
    ...places,
  } as const;
  checkSizes(found, directoryOffset);
  return found;
}

function checkFeatures(flags: number, method: number, entryIndex: number): void {
  if ((flags & encryptedFlags) !== 0 || method === aes) throw new Refused('ENCRYPTED', entryIndex);
  if (method !== stored && method !== deflated) throw new Refused('METHOD_UNSUPPORTED', entryIndex, `${method}`);
  if ((flags & patchedFlag) !== 0) throw new Refused('METHOD_UNSUPPORTED', entryIndex, 'patch');
}

interface Numbers {
  readonly compressedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly disk: number;
}

/** A number: its own field in the record, what that holds when the extra field is to be read instead, and its length there. */
type Wide = readonly [short: number, full: number, bytes: 4 | 8];

/**
 * The extra field holds the numbers that do not fit their own fields, in a fixed order. Some writers put all of them there, also
 * those that fit; then both must say the same.
 */
function withZip64(record: Buffer, field: Buffer | undefined, entryIndex: number): Numbers {
  if (!field && !hasFullField(record)) {
    return { size: record.readUInt32LE(24), compressedSize: record.readUInt32LE(20), offset: record.readUInt32LE(42), disk: record.readUInt16LE(34) };
  }
  const wides: readonly Wide[] = [
    [record.readUInt32LE(24), full32, 8],
    [record.readUInt32LE(20), full32, 8],
    [record.readUInt32LE(42), full32, 8],
    [record.readUInt16LE(34), 0xffff, 4],
  ];
  const all = field?.length === 24 || field?.length === 28;
  const rest = field ?? Buffer.alloc(0);
  let at = 0;
  const values = wides.map(([short, full, bytes]) => {
    const here = all ? at + bytes <= rest.length : short === full;
    if (!here) return short === full ? undefined : short;
    if (at + bytes > rest.length) return undefined;
    const value = bytes === 8 ? safeInteger(rest.readBigUInt64LE(at)) : rest.readUInt32LE(at);
    at += bytes;
    return short === full || short === value ? value : undefined;
  });
  const [size, compressedSize, offset, disk] = values;
  const complete = size !== undefined && compressedSize !== undefined && offset !== undefined && disk !== undefined;
  if (!complete || at !== rest.length) throw new Refused('ZIP64_INVALID', entryIndex);
  return { size, compressedSize, offset, disk };
}

function hasFullField(record: Buffer): boolean {
  return [record.readUInt32LE(20), record.readUInt32LE(24), record.readUInt32LE(42)].includes(full32) || record.readUInt16LE(34) === 0xffff;
}

/** A second comment that contradicts one in plain ASCII: the record says two things, whether anybody reads them or not. */
function checkComment(comment: Buffer, extra: ReadonlyMap<number, Buffer>, entryIndex: number): void {
  const field = extra.get(unicodeCommentField);
  if (!field || field.length < 5 || field.readUInt32LE(1) !== crc32(comment)) return;
  if (comment.every((byte) => byte < 0x80) && !field.subarray(5).equals(comment)) throw new Refused('EXTRA_FIELD_INVALID', entryIndex);
}

/** The unix type is looked at whoever made the archive: extractors do not ask either. Only without one do the DOS attributes count. */
function checkKind(attributes: number, kind: 'file' | 'directory', entryIndex: number): void {
  const type = (attributes >>> 16) & typeMask;
  if (type === typeLink || (type === 0 && (attributes & dosReparsePoint) !== 0)) throw new Refused('SYMLINK', entryIndex);
  if (type !== 0 && type !== typeFile && type !== typeFolder) throw new Refused('SPECIAL_FILE', entryIndex);
  const saysFolder = type === typeFolder || (type === 0 && (attributes & dosFolder) !== 0);
  const contradicts = kind === 'directory' ? type === typeFile : saysFolder;
  if (contradicts) throw new Refused('KIND_AMBIGUOUS', entryIndex);
}

function checkSizes(record: CentralRecord, directoryOffset: number): void {
  const { entryIndex, size, compressedSize } = record;
  if (record.kind === 'directory' && size !== 0) throw new Refused('FOLDER_HAS_CONTENT', entryIndex);
  if (record.method === stored && size !== compressedSize) throw new Refused('SIZE_INVALID', entryIndex);
  // The shortest deflate stream has two bytes.
  if (record.method === deflated && compressedSize < 2) throw new Refused('SIZE_INVALID', entryIndex);
  if (record.offset + compressedSize > directoryOffset) throw new Refused('OVERLAP', entryIndex);
}
