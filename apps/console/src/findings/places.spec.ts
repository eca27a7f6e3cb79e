/** What stands around a finding: lines of a file, cells of a sheet, text out of a package. */
import { deflateRawSync } from 'node:zlib';
import { linesAround, linesOfEvidence } from './marked-lines';
import { cellPlace, columnName, span } from './sheet-cells';
import { sourceText } from './source-text';

const sql = ['-- 1', '-- 2', '-- 3', '-- 4', 'SELECT *', '  FROM t', '  WHERE a = 1;', '-- 8', '-- 9', '-- 10', '-- 11', '-- 12'].join('\r\n');

describe('the lines around a finding', () => {
  it('have the place marked, across lines and without their indent', () => {
    const lines = linesAround(sql, { startLine: 5, startColumn: 8, endLine: 7, endColumn: 7 });
    expect(lines.map(({ number, before, marked, after }) => `${number} ${before}[${marked}]${after}`)).toEqual([
      '1 -- 1[]',
      '2 -- 2[]',
      '3 -- 3[]',
      '4 -- 4[]',
      '5 SELECT [*]',
      '6   [FROM t]',
      '7   [WHERE] a = 1;',
      '8 -- 8[]',
      '9 -- 9[]',
      '10 -- 10[]',
      '11 -- 11[]',
    ]);
  });

  it('mask secrets, and mark what was masked as a whole', () => {
    const lines = linesAround("SET password = 'hunter2hunter2';\nSELECT 1;", { startLine: 1, startColumn: 5, endLine: 1, endColumn: 12 });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines[0]!.before).toBe('');
    expect(lines[0]!.marked).toContain('password');
  });

  it('leave out what is far from the mark, and lines that are not there', () => {
    const long = `${'x'.repeat(5_000)}HERE${'y'.repeat(5_000)}`;
    const [line] = linesAround(long, { startLine: 1, startColumn: 5_001, endLine: 1, endColumn: 5_004 });
    expect(line!.marked).toBe('HERE');
    expect(line!.before.length + line!.after.length).toBeLessThan(600);
    expect(linesAround('one', { startLine: 9, startColumn: 1, endLine: 9, endColumn: 1 })).toEqual([]);
    expect(linesOfEvidence('a\nb', { startLine: 4, startColumn: 1, endLine: 5, endColumn: 1 }).map(({ number, marked }) => `${number}${marked}`)).toEqual([
      '4a',
      '5b',
    ]);
  });
});

it('a cell has a column and a row', () => {
  expect([cellPlace('B3'), cellPlace('$AA$12'), cellPlace('C4:D9')]).toEqual([
    { column: 2, row: 3 },
    { column: 27, row: 12 },
    { column: 3, row: 4 },
  ]);
  expect(['', 'B', '3', 'B0', '任务!B3'].map(cellPlace)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  for (const column of [1, 26, 27, 52, 53, 702, 703]) expect(cellPlace(`${columnName(column)}1`)).toEqual({ column, row: 1 });
  expect([span(1, 5), span(9, 3)]).toEqual([
    [1, 2, 3, 4, 5],
    [8, 9, 10],
  ]);
});

describe('the text of a file in a package', () => {
  const signal = new AbortController().signal;
  const read = (content: Uint8Array, changes: object = {}, path = 'a.sql') => {
    const packed = deflateRawSync(content);
    const whole = Buffer.concat([Buffer.from('head'), packed, Buffer.from('tail')]);
    const entry = { path: 'a.sql', kind: 'file', size: content.length, compressedSize: packed.length, method: 'deflated', dataOffset: 4, ...changes } as const;
    return sourceText(
      {
        index: () => Promise.resolve({ kind: 'manifest', entries: [entry] }),
        bytes: ({ start, end }) => Promise.resolve(new Uint8Array(whole.subarray(start, end)).buffer),
      },
      path,
      signal,
    );
  };

  it('is inflated and decoded as the workers do it', async () => {
    expect(await read(Buffer.from('SELECT 中文;'))).toBe('SELECT 中文;');
    expect(await read(Buffer.from('d6d0cec4', 'hex'))).toBe('中文');
    expect(await read(Buffer.from('fffe4100', 'hex'))).toBe('A');
  });

  it('is not there for what cannot be read, and does not grow beyond what the index says', async () => {
    expect(await read(Buffer.from('x'), {}, 'b.sql')).toBeUndefined();
    expect(await read(Buffer.from('x'), { size: 100_000_000 })).toBeUndefined();
    expect(await read(Buffer.from('ff', 'hex'))).toBeUndefined();
    await expect(read(Buffer.from('x'.repeat(9_000)), { size: 10 })).rejects.toThrow(RangeError);
    const refused = { index: () => Promise.resolve({ kind: 'refusal', code: 'X' } as const), bytes: () => Promise.reject(new Error('never')) };
    expect(await sourceText(refused, 'a.sql', signal)).toBeUndefined();
  });
});
