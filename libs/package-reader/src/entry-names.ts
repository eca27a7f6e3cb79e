/** What an entry is called: decoded in a fixed order, and refused where a name could mean two things or do harm. */
import { TextDecoder } from 'node:util';
import { crc32 } from 'node:zlib';
import { unicodePathField } from './extra-fields';
import { Refused } from './refusal';

/** `utf-8` with or without the flag; `unicode-path` is the extra field of Info-ZIP; `gb18030` is what Windows in China writes. */
export const nameEncodings = ['utf-8', 'unicode-path', 'gb18030'] as const;
export type NameEncoding = (typeof nameEncodings)[number];

export interface DecodedName {
  /** NFC; a folder ends with `/`. */
  readonly path: string;
  readonly nameEncoding: NameEncoding;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const gb18030 = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true });

/** Protect the making of an index, whatever a policy says: longer or deeper names fit no file system, and only cost time. */
const nameBytesMax = 4_096;
const nameDepthMax = 256;

/** Throws `Refused`. */
export function decodeName(raw: Buffer, utf8Flag: boolean, extra: ReadonlyMap<number, Buffer>, entryIndex: number): DecodedName {
  if (raw.length > nameBytesMax) throw new Refused('NAME_TOO_LONG', entryIndex, `${raw.length} > ${nameBytesMax}`);
  const decoded = decode(raw, utf8Flag, unicodePath(raw, extra), entryIndex);
  const path = decoded.path.normalize('NFC');
  checkName(path, entryIndex);
  return { path, nameEncoding: decoded.nameEncoding };
}

function decode(raw: Buffer, utf8Flag: boolean, other: Buffer | undefined, entryIndex: number): DecodedName {
  if (utf8Flag) {
    const path = orUndefined(utf8, raw);
    if (path === undefined) throw new Refused('NAME_UNDECODABLE', entryIndex);
    if (other && !other.equals(raw)) throw new Refused('NAME_AMBIGUOUS', entryIndex);
    return { path, nameEncoding: 'utf-8' };
  }
  if (other) {
    const path = orUndefined(utf8, other);
    if (path === undefined) throw new Refused('NAME_UNDECODABLE', entryIndex);
    return { path, nameEncoding: 'unicode-path' };
  }
  const asUtf8 = orUndefined(utf8, raw);
  if (asUtf8 !== undefined) return { path: asUtf8, nameEncoding: 'utf-8' };
  const asGb18030 = orUndefined(gb18030, raw);
  if (asGb18030 !== undefined) return { path: asGb18030, nameEncoding: 'gb18030' };
  throw new Refused('NAME_UNDECODABLE', entryIndex);
}

/** The name in the extra field of Info-ZIP, where it belongs to this very raw name; a stale one is to be ignored, says its inventor. */
export function unicodePath(raw: Buffer, extra: ReadonlyMap<number, Buffer>): Buffer | undefined {
  const field = extra.get(unicodePathField);
  if (!field || field.length < 5 || field.readUInt8(0) !== 1 || field.readUInt32LE(1) !== crc32(raw)) return undefined;
  return field.subarray(5);
}

function orUndefined(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

// eslint-disable-next-line no-control-regex -- control characters are what this pattern is for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** Zero width, direction, soft hyphen, tags: two names that look alike. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;
const device = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** Whether any segment needs a closer look: empty, ending with a dot or a space, or beginning like a device. */
const suspicious = /(?:^|\/)(?:\/|$|con|prn|aux|nul|clock|com|lpt)|[. ](?:\/|$)/i;

/** Most names are of this kind; the patterns above need not look at them. */
const ascii = /^[ -~]*$/;

function checkName(path: string, entryIndex: number): void {
  if (path === '') throw new Refused('NAME_EMPTY', entryIndex);
  const plain = ascii.test(path);
  if (!plain && control.test(path)) throw new Refused('NAME_CONTROL', entryIndex, quoted(path));
  if (!plain && invisible.test(path)) throw new Refused('NAME_INVISIBLE', entryIndex);
  if (path.includes('\\')) throw new Refused('NAME_BACKSLASH', entryIndex, quoted(path));
  if (path.startsWith('/')) throw new Refused('NAME_ABSOLUTE', entryIndex, quoted(path));
  if (/^[A-Za-z]:/.test(path)) throw new Refused('NAME_DRIVE', entryIndex, quoted(path));
  const whole = path.endsWith('/') ? path.slice(0, -1) : path;
  const segments = whole.split('/');
  if (segments.length > nameDepthMax) throw new Refused('NAME_TOO_DEEP', entryIndex, `${segments.length} > ${nameDepthMax}`);
  if (!suspicious.test(whole)) return;
  for (const segment of segments) checkSegment(segment, entryIndex, path);
}

function checkSegment(segment: string, entryIndex: number, path: string): void {
  if (segment === '..') throw new Refused('NAME_TRAVERSAL', entryIndex, quoted(path));
  if (segment === '' || segment === '.') throw new Refused('NAME_SEGMENT', entryIndex, quoted(path));
  if (segment.endsWith('.') || segment.endsWith(' ')) throw new Refused('NAME_TRAILING', entryIndex, quoted(path));
  if (device.test(segment)) throw new Refused('NAME_DEVICE', entryIndex, quoted(path));
}

/** What of a name is shown in a refusal. */
const quoted = (path: string): string => JSON.stringify(path.slice(0, 200));

interface Named extends DecodedName {
  readonly raw: Buffer;
  readonly entryIndex: number;
}

/**
 * No two entries may fall together on a file system that ignores case or width, and no file may also be a folder. With `/` as the
 * smallest character, everything below a name follows right after it, so neighbours in order are all that has to be compared.
 */
export function checkTogether(entries: readonly Named[]): void {
  const folded = entries.map(({ path, entryIndex }) => ({ key: fold(path.endsWith('/') ? path.slice(0, -1) : path), folder: path.endsWith('/'), entryIndex }));
  folded.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.entryIndex - b.entryIndex));
  for (const [at, one] of folded.entries()) {
    const next = folded[at + 1];
    if (next === undefined) break;
    const entryIndex = Math.max(one.entryIndex, next.entryIndex);
    if (one.key === next.key) throw new Refused(one.folder === next.folder ? 'NAME_DUPLICATE' : 'NAME_FILE_AND_FOLDER', entryIndex);
    if (!one.folder && next.key.startsWith(`${one.key}\u0000`)) throw new Refused('NAME_FILE_AND_FOLDER', entryIndex);
  }
  if (entries.some(({ nameEncoding }) => nameEncoding === 'unicode-path')) checkRawNames(entries);
}

/** Readers that do not know the unicode path see the raw names; only there can these be equal and the paths differ. */
function checkRawNames(entries: readonly Named[]): void {
  const seen = new Set<string>();
  for (const { raw, entryIndex } of entries) {
    const name = raw.toString('latin1');
    if (seen.has(name)) throw new Refused('NAME_DUPLICATE', entryIndex);
    seen.add(name);
  }
}

/** Full case folding by way of the upper case (`ß` and `SS` fall together); the final sigma is folded by hand. */
function fold(path: string): string {
  if (ascii.test(path)) return path.toLowerCase().replaceAll('/', '\u0000');
  const upper = path.normalize('NFKC').toUpperCase();
  return upper.toLowerCase().replaceAll('ς', 'σ').normalize('NFKC').replaceAll('/', '\u0000');
}
