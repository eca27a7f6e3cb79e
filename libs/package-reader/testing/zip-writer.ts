/** Writes archives for tests: sound ones, and ones that are wrong in one place. The same input always gives the same bytes. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface WrittenEntry {
  /** A text is written as UTF-8, with the flag where it is not ASCII; bytes are written as they are, without the flag. */
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  readonly method?: 'store' | 'deflate';
  /** Unix mode with its type bits; 0 for none. */
  readonly mode?: number;
  readonly dosAttributes?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly compressedSize?: number;
  /** The compressed bytes, whatever `data` says. */
  readonly packed?: Buffer;
  readonly methodId?: number;
  readonly extra?: Buffer;
  readonly localExtra?: Buffer;
  /** What differs in the local header. */
  readonly local?: { readonly name?: string; readonly crc?: number; readonly size?: number; readonly flags?: number; readonly methodId?: number };
  /** With a data descriptor after the data: its length in bytes; the local header leaves its numbers open. */
  readonly descriptor?: 12 | 16 | 20 | 24;
  /** Where the directory says that the entry begins. */
  readonly offset?: number;
  /** The directory's numbers in a zip64 field. */
  readonly zip64?: boolean;
  /** Bytes after the data that nobody accounts for. */
  readonly gapAfter?: Buffer;
}

export interface ArchiveOptions {
  readonly prefix?: Buffer;
  readonly comment?: string | Buffer;
  readonly suffix?: Buffer;
  readonly entryCount?: number;
  /** With zip64 end records; `locatorOffset` is a lie about where they are. */
  readonly zip64?: boolean;
  readonly locatorOffset?: bigint;
}

const dosDate = 0x5a21;
const full32 = 0xffffffff;

interface Prepared {
  readonly entry: WrittenEntry;
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly flags: number;
  readonly methodId: number;
  readonly crc: number;
  readonly size: number;
  readonly compressedSize: number;
  offset: number;
}

export function writeZip(entries: readonly WrittenEntry[], options: ArchiveOptions = {}): Buffer {
  const parts: Buffer[] = [options.prefix ?? Buffer.alloc(0)];
  let at = parts[0]!.length;
  const prepared = entries.map((entry) => {
    const one = prepare(entry, at);
    const bytes = [localHeader(one), one.packed, descriptorOf(one), entry.gapAfter ?? Buffer.alloc(0)];
    parts.push(...bytes);
    at += bytes.reduce((sum, { length }) => sum + length, 0);
    return one;
  });
  const directory = Buffer.concat(prepared.map(centralHeader));
  parts.push(directory, ...endRecords(options, prepared.length, directory.length, at), options.suffix ?? Buffer.alloc(0));
  return Buffer.concat(parts);
}

function prepare(entry: WrittenEntry, offset: number): Prepared {
  const name = Buffer.from(entry.name);
  const data = Buffer.from(entry.data ?? '');
  const store = entry.method === 'store' || (typeof entry.name === 'string' && entry.name.endsWith('/'));
  const packed = entry.packed ?? (store ? data : deflateRawSync(data));
  const unicode = typeof entry.name === 'string' && name.some((byte) => byte >= 0x80);
  return {
    entry,
    name,
    packed,
    flags: entry.flags ?? (unicode ? 0x0800 : 0) | (entry.descriptor === undefined ? 0 : 0x0008),
    methodId: entry.methodId ?? (store ? 0 : 8),
    crc: entry.crc ?? crc32(data),
    size: entry.size ?? data.length,
    compressedSize: entry.compressedSize ?? packed.length,
    offset: entry.offset ?? offset,
  };
}

function localHeader({ entry, name, flags, methodId, crc, size, compressedSize }: Prepared): Buffer {
  const ownName = entry.local?.name === undefined ? name : Buffer.from(entry.local.name);
  const open = entry.descriptor !== undefined;
  const extra = entry.localExtra ?? entry.extra ?? Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(entry.local?.flags ?? flags, 6);
  header.writeUInt16LE(entry.local?.methodId ?? methodId, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt32LE((entry.local?.crc ?? (open ? 0 : crc)) >>> 0, 14);
  header.writeUInt32LE(open ? 0 : compressedSize, 18);
  header.writeUInt32LE(entry.local?.size ?? (open ? 0 : size), 22);
  header.writeUInt16LE(ownName.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, ownName, extra]);
}

function descriptorOf({ entry, crc, size, compressedSize }: Prepared): Buffer {
  const length = entry.descriptor;
  if (length === undefined) return Buffer.alloc(0);
  const long = length === 20 || length === 24;
  const signature = Buffer.from(length === 16 || length === 24 ? 'PK\u0007\b' : '', 'latin1');
  const numbers = Buffer.alloc(long ? 20 : 12);
  numbers.writeUInt32LE(crc >>> 0, 0);
  if (long) {
    numbers.writeBigUInt64LE(BigInt(compressedSize), 4);
    numbers.writeBigUInt64LE(BigInt(size), 12);
  } else {
    numbers.writeUInt32LE(compressedSize, 4);
    numbers.writeUInt32LE(size, 8);
  }
  return Buffer.concat([signature, numbers]);
}

function centralHeader({ entry, name, flags, methodId, crc, size, compressedSize, offset }: Prepared): Buffer {
  const wide = entry.zip64 === true;
  const extra = Buffer.concat([wide ? extraField(0x0001, longs(size, compressedSize, offset)) : Buffer.alloc(0), entry.extra ?? Buffer.alloc(0)]);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((3 << 8) | 45, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(methodId, 10);
  header.writeUInt16LE(dosDate, 14);
  header.writeUInt32LE(crc >>> 0, 16);
  header.writeUInt32LE(wide ? full32 : compressedSize, 20);
  header.writeUInt32LE(wide ? full32 : size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  const folder = name.at(-1) === 0x2f;
  header.writeUInt32LE((((entry.mode ?? (folder ? 0o40755 : 0o100644)) << 16) | (entry.dosAttributes ?? 0)) >>> 0, 38);
  header.writeUInt32LE(wide ? full32 : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function endRecords(options: ArchiveOptions, count: number, size: number, offset: number): Buffer[] {
  const comment = Buffer.from(options.comment ?? '');
  const wide = options.zip64 === true;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : (options.entryCount ?? count), 8);
  end.writeUInt16LE(wide ? 0xffff : (options.entryCount ?? count), 10);
  end.writeUInt32LE(wide ? full32 : size, 12);
  end.writeUInt32LE(wide ? full32 : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return wide ? [...zip64Records(options, count, size, offset), end, comment] : [end, comment];
}

function zip64Records(options: ArchiveOptions, count: number, size: number, offset: number): Buffer[] {
  const record = Buffer.alloc(24);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(options.locatorOffset ?? BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [record, longs(options.entryCount ?? count, options.entryCount ?? count, size, offset), locator];
}

export function extraField(id: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** The Info-ZIP field that gives the UTF-8 name of an entry whose raw name is `raw`. */
export function unicodePathExtra(raw: Buffer, path: string, crc = crc32(raw)): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(1, 0);
  head.writeUInt32LE(crc >>> 0, 1);
  return extraField(0x7075, Buffer.concat([head, Buffer.from(path)]));
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [at, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), at * 8);
  return bytes;
}
