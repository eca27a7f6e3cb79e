/** A sound package: its names, its manifest, its content, its index; and the errors of whoever keeps the bytes. */
import { createHash, randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { Budgets } from '@tributary/facts';
import { extraField, unicodePathExtra, type WrittenEntry, writeZip } from '../testing/zip-writer';
import { spreadsheetLimits } from './budgets';
import { type IndexStore, openPackage } from './open-package';
import { type SoundPackage } from './opened-package';
import { indexName } from './package-index';
import { EntryCorrupt, PackageReaderError } from './reader-error';
import { accessToBytes, type RandomAccess } from './source';

const budgets = Budgets.parse({});
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

async function opened(
  bytes: Buffer,
  more: { index?: IndexStore; source?: RandomAccess; budgets?: Partial<Budgets>; signal?: AbortSignal } = {},
): Promise<SoundPackage> {
  const { source = accessToBytes(bytes), budgets: own, ...rest } = more;
  const answer = await openPackage(source, { sha256: sha256(bytes), budgets: { ...budgets, ...own }, ...rest });
  if (answer.kind === 'refused') throw new Error(`${answer.refusal.code} ${answer.refusal.entryIndex ?? ''} ${answer.refusal.detail.en}`);
  return answer;
}

const pathsOf = async (entries: readonly WrittenEntry[]): Promise<string[]> =>
  (await opened(writeZip(entries))).entries.map(({ path, nameEncoding }) => `${path} ${nameEncoding}`);

describe('[Z-001] names', () => {
  const gbkName = Buffer.concat([Buffer.from('c7e5b5a5', 'hex'), Buffer.from('/'), Buffer.from('cafdbedd', 'hex'), Buffer.from('.sql')]);

  it('are read as their authors wrote them', async () => {
    expect(await pathsOf([{ name: gbkName, data: 'x' }])).toEqual(['清单/数据.sql gb18030']);
    expect(await pathsOf([{ name: '有标记/查询.sql' }])).toEqual(['有标记/查询.sql utf-8']);
    expect(await pathsOf([{ name: Buffer.from('无标记/查询.sql') }])).toEqual(['无标记/查询.sql utf-8']);
    expect(await pathsOf([{ name: Buffer.from('#U67e5.sql'), extra: unicodePathExtra(Buffer.from('#U67e5.sql'), '查.sql') }])).toEqual(['查.sql unicode-path']);
  });

  it('ignore a unicode path that belongs to another name', async () => {
    expect(await pathsOf([{ name: Buffer.from('a.sql'), extra: unicodePathExtra(Buffer.from('a.sql'), 'b.sql', 1) }])).toEqual(['a.sql utf-8']);
  });

  it('do not take the second byte of a GBK character for a backslash', async () => {
    expect(await pathsOf([{ name: Buffer.from('815c2e73716c', 'hex') }])).toEqual([
      '乗.sql gb18030'.replace('乗', new TextDecoder('gb18030').decode(Buffer.from('815c', 'hex'))),
    ]);
  });

  it('are composed', async () => {
    expect(await pathsOf([{ name: 'Kätilöt'.normalize('NFD') }])).toEqual([`${'Kätilöt'.normalize('NFC')} utf-8`]);
  });

  it('may be those of the prototype, and hold what must be escaped where it is shown', async () => {
    const names = ['__proto__', 'constructor', '<script>"&.sql', 'toString/hasOwnProperty', "it's.sql"];
    const answer = await opened(writeZip(names.map((name) => ({ name, data: name }))));
    expect(answer.entries.map(({ path }) => path).sort()).toEqual([...names].sort());
    for (const name of names) expect((await answer.readBytes(answer.entry(name)!, 100)).toString()).toBe(name);
    expect(answer.entry('valueOf')).toBeUndefined();
  });
});

describe('[Z-001] archives as the world makes them', () => {
  it.each<[string, Buffer]>([
    ['an empty archive', writeZip([])],
    ['an archive comment', writeZip([{ name: 'a' }], { comment: 'release 1' })],
    ['stored entries and folders', writeZip([{ name: 'sql/' }, { name: 'sql/A.SQL', data: 'x', method: 'store' }])],
    ['data descriptors of every length', writeZip(([12, 16, 20, 24] as const).map((descriptor) => ({ name: `d${descriptor}`, data: 'data', descriptor })))],
    [
      'a stored entry that ends like a descriptor',
      writeZip([{ name: 'a', method: 'store', data: Buffer.from('PK\u0007\bxxxxxxxxxxxx', 'latin1'), descriptor: 16 }]),
    ],
    ['zip64 end records', writeZip([{ name: 'a' }], { zip64: true })],
    ['zip64 entries', writeZip([{ name: 'a', data: 'x', zip64: true, localExtra: Buffer.alloc(0) }], { zip64: true })],
    ['a local extra field longer than guessed', writeZip([{ name: 'a', data: 'x', localExtra: extraField(0xa220, Buffer.alloc(3_000)) }, { name: 'b' }])],
    [
      'entries out of the order of the directory',
      writeZip([
        { name: 'b', method: 'store', data: '1', offset: 32, local: { name: 'a' } },
        { name: 'a', method: 'store', data: '1', offset: 0, local: { name: 'b' } },
      ]),
    ],
    ['an archive stored in an archive', writeZip([{ name: 'inner.xlsx', method: 'store', data: writeZip([{ name: 'x' }]) }])],
  ])('%s', async (_what, bytes) => {
    const answer = await opened(bytes);
    for (const entry of answer.entries) expect((await answer.readBytes(entry, 1 << 20)).length).toBe(entry.size);
  });
});

describe('[I13] the manifest', () => {
  it('is the canonical JSON of what the directory says, by raw name, whatever the order of the archive', async () => {
    const bytes = writeZip([{ name: 'b.sql', data: 'b' }, { name: 'a/' }, { name: 'B.txt', data: 'B' }]);
    const answer = await opened(bytes);
    const entry = (name: string, data: string, kind = 'file') =>
      `{"crc32":"${crc32(data).toString(16).padStart(8, '0')}","kind":"${kind}","rawName":"${Buffer.from(name).toString('base64')}","size":${data.length}}`;
    const text = `{"entries":[${[entry('B.txt', 'B'), entry('a/', '', 'directory'), entry('b.sql', 'b')].join(',')}],"format":1,"packageSha256":"${sha256(bytes)}"}`;
    expect(answer.manifestSha256).toBe(sha256(text));
    expect(answer.manifestFormat).toBe(1);
    expect(answer.entries.map(({ path }) => path)).toEqual(['B.txt', 'a/', 'b.sql']);
  });
});

describe('[I13] the index', () => {
  function memory(stored?: Buffer): IndexStore & { stored: Buffer | undefined } {
    return {
      stored,
      get() {
        return Promise.resolve(this.stored);
      },
      putIfAbsent(bytes) {
        this.stored ??= bytes;
        return Promise.resolve();
      },
    };
  }
  const bytes = writeZip([
    { name: 'a.sql', data: 'SELECT 1' },
    { name: Buffer.from('cafdbedd', 'hex'), data: 'x' },
  ]);

  it('is made once; the next reader touches nothing but the entry it wants', async () => {
    const index = memory();
    const first = await opened(bytes, { index });
    const reads: [number, number][] = [];
    const source: RandomAccess = {
      size: bytes.length,
      read: (start, length) => {
        reads.push([start, length]);
        return Promise.resolve(bytes.subarray(start, start + length));
      },
    };
    const second = await opened(bytes, { index, source });
    expect(reads).toEqual([]);
    expect(second.entries).toEqual(first.entries);
    expect(second.manifestSha256).toBe(first.manifestSha256);
    expect((await second.readBytes(second.entry('a.sql')!, 100)).toString()).toBe('SELECT 1');
    expect(reads).toEqual([[second.entry('a.sql')!.dataOffset, second.entry('a.sql')!.compressedSize]]);
  });

  it('is named by the package and the format', () => {
    expect(indexName(sha256(bytes))).toBe(`${sha256(bytes)}.index-1.json`);
  });

  it('keeps a refusal, too, and serves every policy', async () => {
    const bad = writeZip([{ name: '../a' }]);
    const index = memory();
    const first = await openPackage(accessToBytes(bad), { sha256: sha256(bad), budgets, index });
    const second = await openPackage({ size: bad.length, read: () => Promise.reject(new Error('not to be read')) }, { sha256: sha256(bad), budgets, index });
    expect(first).toMatchObject({ kind: 'refused', refusal: { code: 'NAME_TRAVERSAL', entryIndex: 0 } });
    expect(second).toEqual(first);
    const shared = memory();
    expect((await openPackage(accessToBytes(bytes), { sha256: sha256(bytes), budgets: { ...budgets, entries: 1 }, index: shared })).kind).toBe('refused');
    expect((await opened(bytes, { index: shared })).entries).toHaveLength(2);
  });

  it.each<[string, (good: string) => string]>([
    ['no JSON', () => '{'],
    ['another package', (good) => good.replace(sha256(bytes), sha256('other'))],
    ['another size', (good) => good.replaceAll('"size":8', '"size":9')],
    ['another format', (good) => good.replace('"format":1', '"format":2')],
    ['an unknown member', (good) => good.replace('"format":1', '"format":1,"more":1')],
  ])('is not believed when it is %s', async (_what, spoil) => {
    const good = memory();
    const truth = await opened(bytes, { index: good });
    const spoilt = spoil(good.stored!.toString());
    expect(spoilt).not.toBe(good.stored!.toString());
    expect((await opened(bytes, { index: memory(Buffer.from(spoilt)) })).entries).toEqual(truth.entries);
  });

  it('tells apart a store that is away from a package that is bad', async () => {
    const index: IndexStore = { get: () => Promise.reject(new Error('away')), putIfAbsent: () => Promise.resolve() };
    await expect(opened(bytes, { index })).rejects.toMatchObject({ name: 'PackageReaderError', code: 'INDEX_STORE_FAILED' });
    const source: RandomAccess = { size: bytes.length, read: () => Promise.reject(new Error('away')) };
    await expect(opened(bytes, { source })).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    const short: RandomAccess = { size: bytes.length, read: (start, length) => Promise.resolve(bytes.subarray(start, start + length - 1)) };
    await expect(opened(bytes, { source: short })).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(opened(bytes, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('[Z-001 I18] content', () => {
  const large = Buffer.concat([Buffer.alloc(2 << 20, 'abc'), randomBytes(1 << 20)]);

  it('is streamed in pieces, stored or deflated', async () => {
    const answer = await opened(
      writeZip([
        { name: 'deflated', data: large },
        { name: 'stored', data: large, method: 'store' },
      ]),
    );
    for (const entry of answer.entries) {
      const hash = createHash('sha256');
      for await (const chunk of answer.read(entry)) {
        expect(chunk.length).toBeLessThanOrEqual(1 << 20);
        hash.update(chunk);
      }
      expect(hash.digest('hex')).toBe(sha256(large));
    }
  });

  const text = 'SELECT 1;\n'.repeat(200);
  const broken: [string, WrittenEntry, string][] = [
    ['a wrong CRC', { name: 'a', data: text, crc: 0x12345678 }, 'CRC_WRONG'],
    ['a wrong CRC of a stored entry', { name: 'a', data: text, method: 'store', crc: 1 }, 'CRC_WRONG'],
    ['more bytes than declared', { name: 'a', data: text, size: 100 }, 'SIZE_WRONG'],
    ['fewer bytes than declared', { name: 'a', data: text, size: 100_000 }, 'SIZE_WRONG'],
    ['broken deflate data', { name: 'a', data: text, packed: Buffer.from([0xff, 0xff, 0xff, 0xff]) }, 'INFLATE_FAILED'],
    ['deflate data that breaks off', { name: 'a', data: text, packed: deflateRawSync(Buffer.from(text)).subarray(0, 8) }, 'INFLATE_FAILED'],
    [
      'bytes behind the deflate data',
      { name: 'a', data: text, packed: Buffer.concat([deflateRawSync(Buffer.from(text)), Buffer.from('more')]) },
      'TRAILING_DATA',
    ],
    ['a content where none is declared', { name: 'a', data: '', packed: deflateRawSync(Buffer.from(text)) }, 'SIZE_WRONG'],
    ['a large one with a wrong CRC', { name: 'a', data: large, crc: 1 }, 'CRC_WRONG'],
    ['a large one with more bytes than declared', { name: 'a', data: large, size: large.length - 1 }, 'SIZE_WRONG'],
    ['a large one with bytes behind', { name: 'a', data: large, packed: Buffer.concat([deflateRawSync(large), Buffer.from('more')]) }, 'TRAILING_DATA'],
    ['a large one that breaks off', { name: 'a', data: large, packed: deflateRawSync(large).subarray(0, 900_000) }, 'INFLATE_FAILED'],
  ];
  it.each(broken)('%s is told of the entry, and its neighbour is read', async (_what, entry, reason) => {
    const answer = await opened(writeZip([entry, { name: 'b', data: 'good' }]));
    const error: unknown = await answer.readBytes(answer.entry('a')!, 1 << 24).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EntryCorrupt);
    expect(error).toMatchObject({ code: 'ENTRY_CORRUPT', path: 'a', reason });
    expect((await answer.readBytes(answer.entry('b')!, 100)).toString()).toBe('good');
  });

  it('is never inflated past its declared size', async () => {
    const answer = await opened(writeZip([{ name: 'a', data: 'x', packed: deflateRawSync(Buffer.alloc(200 << 20)) }]));
    const before = process.memoryUsage().arrayBuffers;
    await expect(answer.readBytes(answer.entry('a')!, 10)).rejects.toMatchObject({ reason: 'SIZE_WRONG' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 << 20);
  });

  it('that cannot be had is nobody’s corruption', async () => {
    const bytes = writeZip([{ name: 'a', data: large }]);
    let away = false;
    const source: RandomAccess = {
      size: bytes.length,
      read: (start, length) => (away && start > 500_000 ? Promise.reject(new Error('away')) : Promise.resolve(bytes.subarray(start, start + length))),
    };
    const answer = await opened(bytes, { source });
    away = true;
    await expect(answer.readBytes(answer.entry('a')!, 1 << 24)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('larger than the caller wants is not read', async () => {
    const answer = await opened(writeZip([{ name: 'a', data: text }]));
    await expect(answer.readBytes(answer.entry('a')!, text.length - 1)).rejects.toBeInstanceOf(PackageReaderError);
    expect(await answer.readText(answer.entry('a')!, text.length - 1)).toMatchObject({ kind: 'refused', code: 'ENTRY_TOO_LARGE' });
    expect(await answer.readText(answer.entry('a')!, text.length)).toEqual({ kind: 'text', text, encoding: 'utf-8' });
  });

  it('that is no text is told as such', async () => {
    const answer = await opened(writeZip([{ name: 'a', data: Buffer.from([0xe6, 0x9f, 0xa5, 0xff, 0xfe, 0x41]) }]));
    expect(await answer.readText(answer.entry('a')!, 100)).toMatchObject({ kind: 'refused', code: 'TEXT_UNDECODABLE' });
  });
});

describe('[Z-001 I18] archives inside', () => {
  const inner = (data: Buffer | string): WrittenEntry => ({ name: 'book.xlsx', data: writeZip([{ name: 'xl/workbook.xml', data }]) });

  it('are opened by the same reader', async () => {
    const answer = await opened(writeZip([inner('<workbook/>')]));
    const book = await answer.readNested(answer.entry('book.xlsx')!);
    if (book.kind === 'refused') throw new Error(book.refusal.code);
    expect(await book.readText(book.entry('xl/workbook.xml')!, 100)).toMatchObject({ text: '<workbook/>' });
    expect(await book.readNested(book.entries[0]!)).toMatchObject({ kind: 'refused', refusal: { code: 'NESTING_TOO_DEEP' } });
  });

  it('are refused like the outer one: a bomb, a file that is no archive, one too many levels', async () => {
    const answer = await opened(writeZip([inner(Buffer.alloc(2 << 20)), { name: 'no.xlsx', data: 'text' }]));
    expect(await answer.readNested(answer.entry('book.xlsx')!)).toMatchObject({ kind: 'refused', refusal: { code: 'RATIO_TOO_HIGH' } });
    expect(await answer.readNested(answer.entry('no.xlsx')!)).toMatchObject({ kind: 'refused', refusal: { code: 'NOT_A_ZIP' } });
    expect(await answer.readNested(answer.entry('book.xlsx')!, { ...spreadsheetLimits, packageBytes: 10 })).toMatchObject({
      kind: 'refused',
      refusal: { code: 'PACKAGE_TOO_LARGE' },
    });
    const flat = await opened(writeZip([inner('x')]), { budgets: { nesting: 0 } });
    expect(await flat.readNested(flat.entry('book.xlsx')!)).toMatchObject({ kind: 'refused', refusal: { code: 'NESTING_TOO_DEEP' } });
  });
});
