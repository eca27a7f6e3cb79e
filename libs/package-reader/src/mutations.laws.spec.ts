/** Whatever the bytes are, the answer is a sound package, a refusal, or a corrupt entry; never another error, and never two answers. */
import fc from 'fast-check';
import { Budgets } from '@tributary/facts';
import { unicodePathExtra, type WrittenEntry, writeZip } from '../testing/zip-writer';
import { packageLimits } from './budgets';
import { openNested } from './opened-package';
import { EntryCorrupt } from './reader-error';
import { refusalCodes } from './refusal';

const limits = packageLimits(Budgets.parse({ entryBytes: 1 << 20 }));

const archives = [
  writeZip([{ name: 'sql/' }, { name: 'sql/a.sql', data: 'SELECT 1;\n'.repeat(50) }, { name: '__proto__', data: 'x', method: 'store' }], {
    comment: 'release',
  }),
  writeZip([
    { name: '报表.sql', data: 'x', descriptor: 16 },
    { name: Buffer.from('cafdbedd', 'hex'), data: 'y', descriptor: 24 },
  ]),
  writeZip(
    [
      { name: 'a', data: 'x', zip64: true, localExtra: Buffer.alloc(0) },
      { name: Buffer.from('b'), extra: unicodePathExtra(Buffer.from('b'), '乙') },
    ],
    { zip64: true },
  ),
];

/** What is done to the bytes: some changed, then perhaps cut, doubled or prolonged. */
const mutation = fc.record({
  archive: fc.constantFrom(...archives),
  changes: fc.array(
    fc.record({ at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), byte: fc.constantFrom(0, 1, 2, 0x2e, 0x2f, 0x50, 0x5c, 0x7f, 0x80, 0xff) }),
    { maxLength: 4 },
  ),
  cut: fc.option(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.nat(40) })),
  insert: fc.option(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), bytes: fc.uint8Array({ maxLength: 30 }) })),
});

async function answerTo(bytes: Buffer): Promise<string> {
  const opened = await openNested(bytes, limits);
  if (opened.kind === 'refused') {
    expect(refusalCodes).toContain(opened.refusal.code);
    return `${opened.refusal.code} ${opened.refusal.entryIndex ?? ''}`;
  }
  const contents: string[] = [opened.manifestSha256];
  for (const entry of opened.entries) {
    try {
      const content = await opened.readBytes(entry, limits.entryBytes);
      expect(content.length).toBe(entry.size);
      contents.push(content.toString('base64'));
    } catch (error) {
      expect(error).toBeInstanceOf(EntryCorrupt);
      contents.push((error as EntryCorrupt).reason);
    }
  }
  return contents.join(' ');
}

describe('[I18 I13] any bytes', () => {
  it('that were a sound archive before get a typed answer, and the same one again', async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async ({ archive, changes, cut, insert }) => {
        let bytes = Buffer.from(archive);
        for (const { at, byte } of changes) bytes[Math.floor(at * bytes.length)] = byte;
        if (cut) bytes = Buffer.concat([bytes.subarray(0, Math.floor(cut.at * bytes.length)), bytes.subarray(Math.floor(cut.at * bytes.length) + cut.bytes)]);
        if (insert)
          bytes = Buffer.concat([bytes.subarray(0, Math.floor(insert.at * bytes.length)), insert.bytes, bytes.subarray(Math.floor(insert.at * bytes.length))]);
        expect(await answerTo(bytes)).toBe(await answerTo(bytes));
      }),
      { numRuns: 1_500 },
    );
  });

  it('that never were one get a typed refusal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (noise, begun) => {
        const opened = await openNested(Buffer.concat([Buffer.from(begun ? 'PK\u0005\u0006' : '', 'latin1'), noise]), limits);
        // 22 zero-filled bytes after the right signature are an empty archive, and sound.
        if (opened.kind === 'sound') expect(opened.entries).toEqual([]);
        else expect(refusalCodes).toContain(opened.refusal.code);
      }),
      { numRuns: 500 },
    );
  });

  const segment = fc.constantFrom('a', 'B', '报', 'sql', 'é', 'x y', '__proto__', 'Ω');
  const entry: fc.Arbitrary<WrittenEntry> = fc.record(
    {
      name: fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/')),
      data: fc.string(),
      method: fc.constantFrom('store' as const, 'deflate' as const),
    },
    { requiredKeys: ['name'] },
  );

  it('that a writer made of distinct names are read as they were written, whatever their order', async () => {
    const entries = fc.uniqueArray(entry, {
      maxLength: 12,
      selector: ({ name }) => name.toString().toLowerCase(),
      comparator: (a, b) => `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`),
    });
    await fc.assert(
      fc.asyncProperty(entries, async (written) => {
        const opened = await openNested(writeZip(written), limits);
        if (opened.kind === 'refused') throw new Error(opened.refusal.code);
        const read = await Promise.all(
          written.map(async ({ name }) => (await opened.readBytes(opened.entry(name.toString().normalize('NFC'))!, 1 << 20)).toString()),
        );
        expect(read).toEqual(written.map(({ data }) => Buffer.from(data ?? '').toString()));
        expect(opened.entries).toHaveLength(written.length);
      }),
      { numRuns: 200 },
    );
  });
});
