import { writeXlsx } from 'hucre/xlsx';
import { checkWorkbook } from './check';
import { readWorkbook } from './hucre.workbook';
import { unreadableWorkbook } from './unreadable-workbook';
import { taskSheet } from './sketch';

const bytesOf = async (rows: readonly (readonly unknown[])[], more: object = {}) =>
  new Uint8Array(await writeXlsx({ sheets: [{ name: '任务列表', rows: rows as never, ...more }] }));

describe('an .xlsx', () => {
  it('becomes sheets of cells that the rules can read', async () => {
    const read = await readWorkbook(await bytesOf(taskSheet([{ 上游任务: 'nowhere' }]).rows));
    if (read.kind !== 'read') throw new Error(read.detail);
    expect(read.workbook.sheets).toMatchObject([{ name: '任务列表', visibility: 'visible' }]);
    expect(checkWorkbook({ path: 'a.xlsx', workbook: read.workbook }).findings).toMatchObject([{ ruleId: 'excel/unknown-upstream', location: { cell: 'F2' } }]);
  });

  it('keeps formulas, errors, merges, hidden rows and sheets', async () => {
    const cells = new Map([['1,0', { value: null, formula: 'A9' }]]);
    const read = await readWorkbook(
      await bytesOf(
        [
          ['a', 'b'],
          [null, 2],
          ['c', 'd'],
        ],
        { cells, hidden: false, merges: [{ startRow: 1, startCol: 1, endRow: 2, endCol: 1 }], rowDefs: new Map([[2, { hidden: true }]]) },
      ),
    );
    if (read.kind !== 'read') throw new Error(read.detail);
    const [sheet] = read.workbook.sheets;
    expect(sheet?.merges).toEqual([{ top: 1, left: 1, bottom: 2, right: 1 }]);
    expect([...(sheet?.hiddenRows ?? [])]).toEqual([2]);
    expect(sheet?.formulas.get('A2')).toEqual({ text: 'A9', cached: false });
  });

  it.each([
    ['nothing', new Uint8Array(), 'WORKBOOK_UNREADABLE'],
    ['a web page', new TextEncoder().encode('<html><table></table></html>'.repeat(9)), 'WORKBOOK_UNREADABLE'],
    ['half a zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]), 'WORKBOOK_UNREADABLE'],
    ['an encrypted file', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array<number>(600).fill(0)]), 'WORKBOOK_ENCRYPTED'],
  ])('that is %s is refused with a reason', async (_, bytes, reasonCode) => {
    expect(await readWorkbook(bytes)).toMatchObject({ kind: 'refused', reasonCode });
  });

  it('with more rows than are read is refused as a whole; blank rows do not count', async () => {
    const rows = [['a'], ['b'], ['c'], [null], [null]];
    expect(await readWorkbook(await bytesOf(rows), 2)).toMatchObject({ kind: 'refused', reasonCode: 'WORKBOOK_TOO_LARGE' });
    expect(await readWorkbook(await bytesOf(rows), 3)).toMatchObject({ kind: 'read' });
  });

  it('that is refused becomes one blocker', async () => {
    const read = await readWorkbook(new Uint8Array());
    if (read.kind !== 'refused') throw new Error('read');
    expect(unreadableWorkbook('a.xlsx', read)).toMatchObject([{ ruleId: 'excel/unreadable-workbook', severity: 'blocker', location: { path: 'a.xlsx' } }]);
  });

  it('with any byte changed is read or refused, never thrown', async () => {
    const sound = await bytesOf(taskSheet([{}]).rows);
    for (let at = 0; at < sound.length; at += 29) {
      const damaged = sound.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const read = await readWorkbook(damaged);
      if (read.kind === 'read') expect(() => checkWorkbook({ path: 'a.xlsx', workbook: read.workbook })).not.toThrow();
    }
  }, 60_000);
});
