/** Strict little readers of the report formats, for their tests: XML, CSV, zip. */
import { inflateRawSync, crc32 } from 'node:zlib';

/** Well-formed enough: one root, tags balanced, attributes quoted, no bare `&` or `<`. Answers the root's name; throws where it breaks. */
export function rootOfXml(text: string): string {
  const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*"[^"<]*")*)\s*(\/?)>/y;
  const open: string[] = [];
  let root: string | undefined;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    const next = text.indexOf('<', at);
    mustBeText(text.slice(at, next < 0 ? text.length : next), open.length > 0);
    if (next < 0) break;
    token.lastIndex = next;
    const match = token.exec(text);
    if (!match) throw new Error(`XML breaks at: ${text.slice(next, next + 80)}`);
    const [, closing, opening, attributes = '', empty] = match;
    if (closing !== undefined && open.pop() !== closing) throw new Error(`</${closing}> closes nothing`);
    if (opening === undefined) continue;
    mustBeText(attributes, true);
    if (open.length === 0 && root !== undefined) throw new Error('two roots');
    root ??= opening;
    if (empty === '') open.push(opening);
  }
  if (open.length > 0 || root === undefined) throw new Error(`left open: ${open.join()}`);
  return root;
}

function mustBeText(text: string, inside: boolean): void {
  if (!inside && text.trim() !== '') throw new Error('text outside the root');
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.test(text)) throw new Error(`a bare ampersand in: ${text}`);
  // eslint-disable-next-line no-control-regex -- what XML forbids
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(text)) throw new Error('a control character');
}

/** RFC 4180 rows without the byte order mark. */
export function rowsOfCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/y;
  const body = text.replace(/^\ufeff/, '');
  for (let at = 0; at < body.length; at = field.lastIndex) {
    field.lastIndex = at;
    const match = field.exec(body);
    if (!match) throw new Error(`CSV breaks at: ${body.slice(at, at + 80)}`);
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3]?.includes('\n')) rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** The entries of a zip by its central directory, checksums verified. */
export function entriesOfZip(bytes: Buffer): Map<string, string> {
  const entries = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(at) !== 0x02014b50 || bytes.readUInt32LE(local) !== 0x04034b50) throw new Error(`a signature of ${name}`);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = inflateRawSync(bytes.subarray(start, start + bytes.readUInt32LE(at + 20)));
    if (crc32(data) !== bytes.readUInt32LE(at + 16) || data.length !== bytes.readUInt32LE(at + 24)) throw new Error(`the checksum of ${name}`);
    entries.set(name, data.toString('utf8'));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
