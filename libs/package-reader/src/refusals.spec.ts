/** The ways in which an archive can mislead, each with the refusal it gets. */
import { deflateRawSync } from 'node:zlib';
import { Budgets } from '@tributary/facts';
import { extraField, unicodePathExtra, type WrittenEntry, writeZip } from '../testing/zip-writer';
import { packageLimits } from './budgets';
import { openNested, type OpenedPackage } from './opened-package';
import { type RefusalCode, refusalTexts } from './refusal';

const open = (bytes: Buffer, budgets: Partial<Budgets> = {}): Promise<OpenedPackage> => openNested(bytes, packageLimits(Budgets.parse(budgets)));
const sql: WrittenEntry = { name: 'sql/a.sql', data: 'SELECT 1;\n' };
const named = (name: string | Buffer): Buffer => writeZip([sql, { name, data: 'x' }]);
const gbk = (hex: string, ascii = ''): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(ascii)]);
const sound = writeZip([sql]);

/** [what it is, its bytes, the code, the entry to blame] */
type Trap = readonly [what: string, bytes: Buffer, code: RefusalCode, entryIndex?: number];

const structure: readonly Trap[] = [
  ['nothing', Buffer.alloc(0), 'NOT_A_ZIP'],
  ['56 bytes on which a well-known library never returns', Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(52, 0xff)]), 'TRAILING_BYTES'],
  ['a text', Buffer.from('SELECT 1;'.repeat(100)), 'NOT_A_ZIP'],
  ['a truncated archive', sound.subarray(0, sound.length - 30), 'END_MISSING'],
  ['trailing bytes', writeZip([sql], { suffix: Buffer.from('x') }), 'TRAILING_BYTES'],
  ['a whole archive in the comment of another', writeZip([sql], { comment: writeZip([{ name: 'b.sql' }]) }), 'END_AMBIGUOUS'],
  [
    'an end record that reaches the end, with another one in its comment',
    writeZip([sql], { comment: Buffer.concat([Buffer.from('PK\u0005\u0006', 'latin1'), Buffer.alloc(30)]) }),
    'END_AMBIGUOUS',
  ],
  ['a prefix', writeZip([sql], { prefix: Buffer.from('#!/bin/sh\n') }), 'UNACCOUNTED_BYTES', 0],
  ['a prefix that no offset knows of', Buffer.concat([Buffer.from('MZ'), sound]), 'DIRECTORY_MISPLACED'],
  ['fewer entries than told', writeZip([sql], { entryCount: 2 }), 'ENTRY_COUNT_WRONG'],
  ['more entries than told', writeZip([sql, { name: 'b' }], { entryCount: 1 }), 'ENTRY_COUNT_WRONG'],
  ['a zip64 locator that points to 2^64-1', writeZip([sql], { zip64: true, locatorOffset: 2n ** 64n - 1n }), 'ZIP64_INVALID'],
  ['a zip64 locator that points elsewhere', writeZip([sql], { zip64: true, locatorOffset: 0n }), 'ZIP64_INVALID'],
  ['bytes between two entries', writeZip([{ ...sql, gapAfter: Buffer.alloc(64) }, { name: 'b' }]), 'UNACCOUNTED_BYTES', 0],
  ['bytes before the directory', writeZip([{ ...sql, gapAfter: Buffer.alloc(1) }]), 'UNACCOUNTED_BYTES', 0],
  ['two entries that share their data', writeZip([sql, { ...sql, name: 'sql/b.sql', offset: 0, gapAfter: Buffer.alloc(0) }]), 'OVERLAP', 1],
  [
    'an entry that begins in the data of another',
    writeZip([
      { name: 'a', data: 'x'.repeat(500), method: 'store' },
      { name: 'b', offset: 100 },
    ]),
    'OVERLAP',
    1,
  ],
  ['an entry that reaches into the directory', writeZip([{ ...sql, compressedSize: 4_000 }]), 'OVERLAP', 0],
  ['data behind the directory', writeZip([{ ...sql, offset: 5_000 }]), 'OVERLAP', 0],
];

const entries: readonly Trap[] = [
  ['an encrypted entry', writeZip([sql, { name: 'b', flags: 1 }]), 'ENCRYPTED', 1],
  ['a strongly encrypted entry', writeZip([{ name: 'b', flags: 0x41 }]), 'ENCRYPTED', 0],
  ['an AES entry', writeZip([{ name: 'b', methodId: 99 }]), 'ENCRYPTED', 0],
  ['bzip2', writeZip([{ name: 'b', methodId: 12 }]), 'METHOD_UNSUPPORTED', 0],
  ['a symbolic link', writeZip([sql, { name: 'sql/l.sql', data: '/etc/passwd', mode: 0o120777, method: 'store' }]), 'SYMLINK', 1],
  ['a symbolic link of Windows', writeZip([{ name: 'l', mode: 0, dosAttributes: 0x400 }]), 'SYMLINK', 0],
  ['a device', writeZip([{ name: 'null', mode: 0o020666 }]), 'SPECIAL_FILE', 0],
  ['a pipe', writeZip([{ name: 'pipe', mode: 0o010644 }]), 'SPECIAL_FILE', 0],
  ['a folder without a slash', writeZip([{ name: 'folder', mode: 0o040755 }]), 'KIND_AMBIGUOUS', 0],
  ['a folder of DOS without a slash', writeZip([{ name: 'folder', mode: 0, dosAttributes: 0x10 }]), 'KIND_AMBIGUOUS', 0],
  ['a file with a slash', writeZip([{ name: 'file/', mode: 0o100644 }]), 'KIND_AMBIGUOUS', 0],
  ['a folder with content', writeZip([{ name: 'folder/', data: 'hidden' }]), 'FOLDER_HAS_CONTENT', 0],
  ['a stored entry of two sizes', writeZip([{ name: 'a', data: 'abc', method: 'store', size: 4 }]), 'SIZE_INVALID', 0],
  ['a local header with another name', writeZip([{ ...sql, local: { name: 'sql/b.sql' } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a local header with another CRC', writeZip([{ ...sql, local: { crc: 1 } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a local header with another size', writeZip([{ ...sql, local: { size: 9 } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a local header with another method', writeZip([{ ...sql, local: { methodId: 0 } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a local header with other flags', writeZip([{ ...sql, local: { flags: 1 } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a descriptor that is missing', writeZip([{ ...sql, flags: 8 }]), 'DESCRIPTOR_INVALID', 0],
  ['a descriptor after an open header that lies', writeZip([{ ...sql, descriptor: 16, local: { crc: 5 } }]), 'LOCAL_HEADER_DIFFERS', 0],
  ['a descriptor with bytes behind it', writeZip([{ ...sql, descriptor: 16, gapAfter: Buffer.alloc(3) }]), 'DESCRIPTOR_INVALID', 0],
  ['a descriptor with many bytes behind it', writeZip([{ ...sql, descriptor: 16, gapAfter: Buffer.alloc(30) }]), 'UNACCOUNTED_BYTES', 0],
  ['extra fields that overrun', writeZip([{ ...sql, extra: Buffer.from([1, 0, 9, 0, 1]) }]), 'EXTRA_FIELD_INVALID', 0],
  ['two zip64 fields', writeZip([{ ...sql, zip64: true, extra: extraField(1, Buffer.alloc(24)), localExtra: Buffer.alloc(0) }]), 'EXTRA_FIELD_INVALID', 0],
  ['a zip64 field that contradicts', writeZip([{ ...sql, extra: extraField(1, Buffer.alloc(24)) }]), 'ZIP64_INVALID', 0],
];

const names: readonly Trap[] = [
  ['no name', named(''), 'NAME_EMPTY', 1],
  ['an invalid UTF-8 name with the flag', writeZip([{ name: gbk('cafdbedd'), flags: 0x0800 }]), 'NAME_UNDECODABLE', 0],
  ['a name in no encoding', named(Buffer.from([0xff, 0xfe, 0x41])), 'NAME_UNDECODABLE', 1],
  [
    'a flagged name with another unicode path',
    writeZip([{ name: Buffer.from('a.sql'), flags: 0x0800, extra: unicodePathExtra(Buffer.from('a.sql'), 'b.sql') }]),
    'NAME_AMBIGUOUS',
    0,
  ],
  ['a unicode path in the local header only', writeZip([{ name: 'a', localExtra: unicodePathExtra(Buffer.from('a'), 'b') }]), 'NAME_AMBIGUOUS', 0],
  ['a NUL', named('a.sql\0.txt'), 'NAME_CONTROL', 1],
  ['a line feed', named('a\nb'), 'NAME_CONTROL', 1],
  ['a C1 control', named('a\u0085b'), 'NAME_CONTROL', 1],
  ['a right-to-left override', named('a\u202etxt.sql'), 'NAME_INVISIBLE', 1],
  ['a zero width space', named('a\u200b.sql'), 'NAME_INVISIBLE', 1],
  ['a byte order mark', named('\ufeffa.sql'), 'NAME_INVISIBLE', 1],
  ['a tag character', named('a\u{e0041}.sql'), 'NAME_INVISIBLE', 1],
  ['a backslash', named('sql\\b.sql'), 'NAME_BACKSLASH', 1],
  ['an absolute path', named('/etc/passwd'), 'NAME_ABSOLUTE', 1],
  ['a drive letter', named('c:/a.sql'), 'NAME_DRIVE', 1],
  ['a path that climbs out', named('../../evil.sql'), 'NAME_TRAVERSAL', 1],
  ['a path that climbs and comes back', named('a/../b'), 'NAME_TRAVERSAL', 1],
  ['an empty segment', named('a//b'), 'NAME_SEGMENT', 1],
  ['a dot segment', named('./b'), 'NAME_SEGMENT', 1],
  ['a name longer than any file system takes', named('x'.repeat(4_097)), 'NAME_TOO_LONG', 1],
  ['a name deeper than any reader here takes', named('a/'.repeat(300) + 'b'), 'NAME_TOO_DEEP', 1],
  ['a trailing dot', named('a./b'), 'NAME_TRAILING', 1],
  ['a trailing space', named('a.sql '), 'NAME_TRAILING', 1],
  ['the same name twice', named('sql/a.sql'), 'NAME_DUPLICATE', 1],
  ['names that differ by case', named('SQL/A.sql'), 'NAME_DUPLICATE', 1],
  ['names that differ by width', named('ｓｑｌ/ａ.sql'), 'NAME_DUPLICATE', 1],
  ['names that differ by sharp s', writeZip([{ name: 'straße' }, { name: 'STRASSE' }]), 'NAME_DUPLICATE', 1],
  [
    'one raw name with two unicode paths',
    writeZip([
      { name: Buffer.from('a'), extra: unicodePathExtra(Buffer.from('a'), 'x') },
      { name: Buffer.from('a'), extra: unicodePathExtra(Buffer.from('a'), 'y') },
    ]),
    'NAME_DUPLICATE',
    1,
  ],
  ['a file that is also a folder', named('sql/a.sql/b'), 'NAME_FILE_AND_FOLDER', 1],
  ['a file that is also a folder, by case, not next to each other', writeZip([{ name: 'A/b' }, { name: 'a-b' }, { name: 'a' }]), 'NAME_FILE_AND_FOLDER', 2],
  ['a file and a folder of one name', writeZip([sql, { name: 'sql/a.sql/' }]), 'NAME_FILE_AND_FOLDER', 1],
  ...['CON', 'nul.sql', 'a/Aux/b', 'com1', 'LPT9.txt', 'COM²', 'con .txt', 'CONOUT$'].map((name): Trap => [
    `the device ${name}`,
    named(name),
    'NAME_DEVICE',
    1,
  ]),
];

const dense = deflateRawSync(Buffer.alloc(11 << 20));

describe('[Z-001 I18] refused from the directory alone', () => {
  const traps = [...structure, ...entries, ...names].map(([what, bytes, code, entryIndex]) => ({ what, bytes, code, entryIndex }));
  it.each(traps)('$what', async ({ bytes, code, entryIndex }) => {
    const opened = await open(bytes);
    expect(opened).toMatchObject({ kind: 'refused', refusal: { code } });
    if (opened.kind !== 'refused') return;
    expect(opened.refusal.entryIndex).toBe(entryIndex);
    expect(opened.refusal.detail.en).toContain(refusalTexts[code].en);
    expect(opened.refusal.detail.zh).toContain(refusalTexts[code].zh);
  });

  it('[I18] a directory full of the longest and deepest names is answered soon', async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({ name: `${'é/'.repeat(200)}${'x'.repeat(3_000)}${index}`, packed: Buffer.from([3, 0]) }));
    const begun = performance.now();
    expect(await open(writeZip(many))).toMatchObject({ kind: 'refused', refusal: { code: 'NAME_TOO_LONG' } });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('[Z-001 I18] 500 entries that share one local header are refused without inflating anything', async () => {
    const kernel = Buffer.alloc(1 << 20);
    const shared = Array.from({ length: 500 }, (_, index) => ({
      name: `f${index}`,
      data: kernel,
      offset: 0,
      packed: index === 0 ? deflateRawSync(kernel) : Buffer.alloc(2),
    }));
    expect(await open(writeZip(shared))).toMatchObject({ kind: 'refused', refusal: { code: 'OVERLAP' } });
  });
});

describe('[Z-001 I18] refused by the budgets of the task', () => {
  it.each<[string, Buffer, Partial<Budgets>, RefusalCode, number | undefined]>([
    ['package bytes', sound, { packageBytes: sound.length - 1 }, 'PACKAGE_TOO_LARGE', undefined],
    ['entries', writeZip([sql, { name: 'b' }]), { entries: 1 }, 'TOO_MANY_ENTRIES', undefined],
    ['bytes of an entry', writeZip([{ name: 'b' }, sql]), { entryBytes: 9 }, 'ENTRY_TOO_LARGE', 1],
    ['bytes of all entries', writeZip([sql, { name: 'b', data: 'x' }]), { inflatedBytes: 10 }, 'INFLATED_TOO_LARGE', undefined],
    ['ratio of an entry', writeZip([sql, { name: 'bomb', data: Buffer.alloc(11 << 20), packed: dense }]), {}, 'RATIO_TOO_HIGH', 1],
    ['ratio of all entries', writeZip(['a', 'b', 'c'].map((name) => ({ name, data: Buffer.alloc(4 << 20) }))), {}, 'RATIO_TOO_HIGH', undefined],
    ['bytes of a path', named('报表.sql'), { pathBytes: 9 }, 'NAME_TOO_LONG', 1],
    ['depth', named('a/b/c'), { depth: 2 }, 'NAME_TOO_DEEP', 1],
  ])('%s', async (_what, bytes, budgets, code, entryIndex) => {
    const opened = await open(bytes, budgets);
    expect(opened).toMatchObject({ kind: 'refused', refusal: { code } });
    if (opened.kind === 'refused') expect(opened.refusal.entryIndex).toBe(entryIndex);
  });

  it('takes what is exactly as large as allowed', async () => {
    const budgets = { packageBytes: sound.length, entries: 1, entryBytes: 10, inflatedBytes: 10, pathBytes: 9, depth: 2 };
    expect((await open(sound, budgets)).kind).toBe('sound');
    expect((await open(writeZip([{ name: 'a/b/' }]), { depth: 2 })).kind).toBe('sound');
    expect((await open(writeZip([{ name: 'small', data: Buffer.alloc(9 << 20) }]))).kind).toBe('sound');
  });
});
