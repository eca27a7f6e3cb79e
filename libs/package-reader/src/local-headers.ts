/** Checks that every byte before the directory belongs to exactly one entry, and that every local header says what the directory says. */
import { type CentralRecord, descriptorFlag } from './central-directory';
import { safeInteger } from './end-records';
import { unicodePath } from './entry-names';
import { parseExtraFields, zip64Field } from './extra-fields';
import { readPlaces } from './read-ahead';
import { Refused } from './refusal';
import { type RandomAccess, readExactly } from './source';

const localSignature = 0x04034b50;
const localBytes = 30;
const descriptorSignature = 0x08074b50;
const descriptorBytesMax = 24;
/** Most local extra fields are shorter; a longer one costs one more request. */
const extraBytesGuessed = 96;
const full32 = 0xffffffff;

/** Answers where each entry's data begins, by the entry's place in the directory. Throws `Refused`. */
export async function checkLayout(source: RandomAccess, records: readonly CentralRecord[], directoryOffset: number, signal?: AbortSignal): Promise<number[]> {
  const ordered = [...records].sort((a, b) => a.offset - b.offset || a.entryIndex - b.entryIndex);
  const dataOffsets = new Array<number>(records.length).fill(0);
  checkStarts(ordered, directoryOffset);
  const places = [...ordered.map(({ offset, raw }) => aroundHeader(offset, raw.length, directoryOffset)), aroundHeader(directoryOffset, 0, directoryOffset)];
  let before: { record: CentralRecord; dataEnd: number } | undefined;
  for await (const { position, bytes } of readPlaces(source, places, signal)) {
    const record = ordered[position];
    const start = record?.offset ?? directoryOffset;
    const placeStart = places[position]?.start ?? 0;
    if (before) checkEnd(before.record, before.dataEnd, start, bytes.subarray(0, start - placeStart));
    if (!record) break;
    const header = await wholeHeader(source, record, bytes.subarray(start - placeStart), directoryOffset, signal);
    compare(record, header);
    const dataOffset = record.offset + header.length;
    dataOffsets[record.entryIndex] = dataOffset;
    before = { record, dataEnd: dataOffset + record.compressedSize };
  }
  return dataOffsets;
}

/** What can be told before anything is read: the first entry begins the file, and no two begin at one place. */
function checkStarts(ordered: readonly CentralRecord[], directoryOffset: number): void {
  if ((ordered[0]?.offset ?? directoryOffset) !== 0) throw new Refused('UNACCOUNTED_BYTES', ordered[0]?.entryIndex);
  for (const [at, record] of ordered.entries()) {
    const next = ordered[at + 1];
    const least = record.offset + localBytes + record.raw.length + record.compressedSize;
    if (least > (next?.offset ?? directoryOffset)) throw new Refused('OVERLAP', next?.entryIndex ?? record.entryIndex);
  }
}

/** The header that begins at `offset`, and the bytes before it where the descriptor of the entry before may lie. */
function aroundHeader(offset: number, nameLength: number, directoryOffset: number): { start: number; end: number } {
  const end = offset === directoryOffset ? offset : Math.min(directoryOffset, offset + localBytes + nameLength + extraBytesGuessed);
  return { start: Math.max(0, offset - descriptorBytesMax), end };
}

async function wholeHeader(source: RandomAccess, record: CentralRecord, bytes: Buffer, directoryOffset: number, signal?: AbortSignal): Promise<Buffer> {
  const { entryIndex, offset } = record;
  if (bytes.length < localBytes || bytes.readUInt32LE(0) !== localSignature) throw new Refused('LOCAL_HEADER_INVALID', entryIndex);
  const length = localBytes + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  if (offset + length > directoryOffset) throw new Refused('OVERLAP', entryIndex);
  return length <= bytes.length ? bytes.subarray(0, length) : readExactly(source, offset, length, signal);
}

function compare(record: CentralRecord, header: Buffer): void {
  const { entryIndex } = record;
  const nameEnd = localBytes + header.readUInt16LE(26);
  const raw = header.subarray(localBytes, nameEnd);
  const same =
    header.readUInt16LE(6) === record.flags &&
    header.readUInt16LE(8) === record.method &&
    header.readUInt32LE(10) === record.modified &&
    raw.equals(record.raw);
  if (!same) throw new Refused('LOCAL_HEADER_DIFFERS', entryIndex);
  const extra = parseExtraFields(header.subarray(nameEnd), entryIndex);
  const other = unicodePath(raw, extra);
  if (other && other.toString('utf8').normalize('NFC') !== record.path) throw new Refused('NAME_AMBIGUOUS', entryIndex);
  compareNumbers(record, header, extra.get(zip64Field));
}

/** With a data descriptor the local header may leave its numbers open (zero); what it states must be true all the same. */
function compareNumbers(record: CentralRecord, header: Buffer, field: Buffer | undefined): void {
  const open = (record.flags & descriptorFlag) !== 0;
  const short = [header.readUInt32LE(18), header.readUInt32LE(22)] as const;
  const [compressedSize, size] = short.includes(full32) ? longSizes(field, short, record.entryIndex) : short;
  const agrees = (stated: number, known: number): boolean => stated === known || (open && stated === 0);
  const same = agrees(header.readUInt32LE(14), record.crc32) && agrees(compressedSize, record.compressedSize) && agrees(size, record.size);
  if (!same) throw new Refused('LOCAL_HEADER_DIFFERS', record.entryIndex);
}

/** In a local header the zip64 field holds both sizes, the inflated one first. */
function longSizes(field: Buffer | undefined, short: readonly [number, number], entryIndex: number): readonly [number, number] {
  if (field?.length !== 16) throw new Refused('ZIP64_INVALID', entryIndex);
  const size = safeInteger(field.readBigUInt64LE(0));
  const compressedSize = safeInteger(field.readBigUInt64LE(8));
  if (size === undefined || compressedSize === undefined) throw new Refused('ZIP64_INVALID', entryIndex);
  const agree = (short[0] === full32 || short[0] === compressedSize) && (short[1] === full32 || short[1] === size);
  if (!agree) throw new Refused('ZIP64_INVALID', entryIndex);
  return [compressedSize, size];
}

/** Between the data of an entry and the next record there is nothing, or the entry's data descriptor. */
function checkEnd(record: CentralRecord, dataEnd: number, nextStart: number, before: Buffer): void {
  const { entryIndex } = record;
  const length = nextStart - dataEnd;
  if (length < 0) throw new Refused('OVERLAP', entryIndex);
  if ((record.flags & descriptorFlag) === 0) {
    if (length > 0) throw new Refused('UNACCOUNTED_BYTES', entryIndex, `${length}`);
    return;
  }
  if (length > descriptorBytesMax) throw new Refused('UNACCOUNTED_BYTES', entryIndex, `${length}`);
  if (!isDescriptorOf(record, before.subarray(before.length - length))) throw new Refused('DESCRIPTOR_INVALID', entryIndex);
}

/** With or without its signature, with sizes of four or eight bytes; the length tells which. */
function isDescriptorOf(record: CentralRecord, bytes: Buffer): boolean {
  const signed = bytes.length === 16 || bytes.length === 24;
  if (!signed && bytes.length !== 12 && bytes.length !== 20) return false;
  if (signed && bytes.readUInt32LE(0) !== descriptorSignature) return false;
  const numbers = signed ? bytes.subarray(4) : bytes;
  if (numbers.readUInt32LE(0) !== record.crc32) return false;
  return numbers.length === 12
    ? numbers.readUInt32LE(4) === record.compressedSize && numbers.readUInt32LE(8) === record.size
    : numbers.readBigUInt64LE(4) === BigInt(record.compressedSize) && numbers.readBigUInt64LE(12) === BigInt(record.size);
}
