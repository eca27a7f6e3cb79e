/** Quantities and widths: what is written is short, and what is read back is what was meant. */
import fc from 'fast-check';
import { bytesText, durationMs, durationText } from './quantities';
import { cut, padded, plain, table, widthOf } from './style';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_500, '1.5 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('%d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

it('a duration that was written is read back, but for what was rounded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 * 3_600_000 }), (ms) => {
      const read = durationMs(durationText(ms)) ?? Number.NaN;
      expect(Math.abs(read - ms)).toBeLessThanOrEqual(ms < 60_000 ? 50 : ms < 3_600_000 ? 500 : 30_000);
    }),
  );
});

it.each(['', 'soon', '5 parsecs', '-3s', '3s later', '1..5s'])('%j is no duration', (text) => {
  expect(durationMs(text)).toBeUndefined();
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [12_345_678, '12.3 MB'],
  [2_000_000_000_000, '2.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

const words = fc.string({ unit: fc.constantFrom('a', '数', '据', ' ', '，', 'é', '✔', '🚰'), maxLength: 30 });

it('what is cut fits, and what fits is not cut', () => {
  fc.assert(
    fc.property(words, fc.nat(40), (text, columns) => {
      expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(Math.max(columns, 0));
      if (widthOf(text) <= columns) expect(cut(text, columns)).toBe(text);
      expect(widthOf(padded(text, columns))).toBe(Math.max(columns, widthOf(text)));
    }),
  );
});

it('columns of a table stand under each other', () => {
  const [first = '', second = ''] = table([
    ['数据', 'x'],
    ['abcdef', 'y'],
  ]);
  expect(widthOf(first.slice(0, first.indexOf('x')))).toBe(widthOf(second.slice(0, second.indexOf('y'))));
});

it('nothing is left of control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(plain(text))).toBe(false);
    }),
  );
});
