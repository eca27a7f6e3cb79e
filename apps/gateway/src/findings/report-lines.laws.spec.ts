import fc from 'fast-check';
import { lineBytesMax, type ReportLineText, reportLinesOf } from './report-lines';

async function collected(chunks: readonly Buffer[], start = 0): Promise<ReportLineText[]> {
  const lines: ReportLineText[] = [];
  const source = (async function* () {
    yield* chunks;
  })();
  for await (const batch of reportLinesOf(source, start)) lines.push(...batch);
  return lines;
}

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')));
const cuts = fc.array(fc.nat(500), { maxLength: 8 });

it('wherever the chunks are cut, the lines are the same', async () => {
  const law = fc.asyncProperty(texts, cuts, async (lines, places) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const read = await collected(cutAt(bytes, places));
    expect(read.map(({ text }) => text)).toEqual(lines.map((line) => Buffer.from(line).toString()));
  });
  await fc.assert(law);
});

it('reading on from the end of any line gives the rest', async () => {
  const law = fc.asyncProperty(texts, cuts, async (lines, places) => {
    const bytes = Buffer.from(lines.join('\n'));
    const whole = await collected(cutAt(bytes, places));
    for (const [index, { end }] of whole.entries()) {
      expect(await collected(cutAt(bytes.subarray(end), places), end)).toEqual(whole.slice(index + 1));
    }
  });
  await fc.assert(law, { numRuns: 50 });
});

it('a line over the bound is named and not kept; the next ones are read', async () => {
  const long = Buffer.alloc(lineBytesMax + 1, 0x61);
  const lines = await collected(cutAt(Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb')]), [7, 100, 200]));
  expect(lines.map(({ text }) => text)).toEqual(['a', undefined, 'b']);
});
