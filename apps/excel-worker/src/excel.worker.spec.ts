import { writeXlsx } from 'hucre/xlsx';
import { scanFiles } from '../../../libs/worker-kit/src/testing/scan-files';
import { zipOf } from '../../../libs/worker-kit/src/testing/zip';
import { excelWorker } from './excel.worker';

const header = [
  '项目名称',
  '工作流名称',
  '任务名称',
  '任务类型',
  '命令',
  '上游任务',
  '调度周期',
  'cron表达式',
  '负责人',
  '重试次数',
  '重试间隔(分钟)',
  '超时(分钟)',
];
const row = (name: string, upstream: string): (string | number)[] => [
  'mart',
  'daily',
  name,
  'SHELL',
  `set -e; echo ${name}`,
  upstream,
  '日',
  '0 0 2 * * ?',
  'zhang.san',
  2,
  5,
  60,
];

async function workbook(rows: (string | number)[][]): Promise<Buffer> {
  return Buffer.from(await writeXlsx({ sheets: [{ name: '任务列表', rows }] }));
}

let clean: Buffer;
let faulty: Buffer;
let other: Buffer;
beforeAll(async () => {
  clean = await workbook([header, row('load', ''), row('sum', 'load')]);
  faulty = await workbook([header, row('load', ''), row('sum', 'no_such_task'), row('load', '')]);
  other = await workbook([
    ['colour', 'price'],
    ['red', 3],
  ]);
});

describe('the Excel worker', () => {
  it('[Z-021] takes part by the headers of the sheets, not by names', async () => {
    expect((await scanFiles(excelWorker, [{ name: 'any.xlsx', data: clean }])).considered).toMatchObject({ kind: 'take' });
    expect((await scanFiles(excelWorker, [{ name: '调度工作流模板.xlsx', data: other }])).considered).toMatchObject({ reasonCode: 'NO_WORKFLOW_TEMPLATE' });
    expect((await scanFiles(excelWorker, [{ name: 'a.xlsx.txt', data: clean }])).considered).toMatchObject({ reasonCode: 'NO_WORKBOOKS' });
    expect((await scanFiles(excelWorker, [{ name: 'x/~$a.xlsx', data: 'lock' }])).considered).toMatchObject({ reasonCode: 'NO_WORKBOOKS' });
  });

  it('passes a clean template and fails a faulty one, at its cells', async () => {
    expect(
      (
        await scanFiles(excelWorker, [
          { name: 'a.xlsx', data: clean },
          { name: 'b.xlsx', data: other },
        ])
      ).scanned,
    ).toMatchObject({ counts: { blocker: 0, error: 0 } });
    const { scanned, findings } = await scanFiles(excelWorker, [{ name: 'a.xlsx', data: faulty }]);
    expect(scanned).toMatchObject({ judgement: 'QUALITY' });
    expect(findings.some(({ location }) => location.sheet === '任务列表' && /^[A-Z]+3$/.test(location.cell ?? ''))).toBe(true);
  });

  it('says of a workbook that cannot be opened that nobody has checked it', async () => {
    const truncated = clean.subarray(0, clean.length - 40);
    const { considered, findings } = await scanFiles(excelWorker, [{ name: 'a.xlsx', data: truncated }]);
    expect(considered).toMatchObject({ kind: 'take' });
    expect(findings).toMatchObject([{ ruleId: 'WORKBOOK_UNREADABLE', severity: 'error', location: { path: 'a.xlsx' } }]);
    expect((await scanFiles(excelWorker, [{ name: 'a.xlsx', data: truncated }], { unreadable: 'ignore' })).considered).toMatchObject({ kind: 'decline' });
  });

  it('keeps a bomb from the spreadsheet library', async () => {
    const lie = zipOf([{ name: '[Content_Types].xml', data: '<Types/>', corrupt: true }]);
    for (const data of [lie, Buffer.from('PK\u0003\u0004')]) {
      expect((await scanFiles(excelWorker, [{ name: 'a.xlsx', data }])).findings).toMatchObject([{ ruleId: 'WORKBOOK_UNREADABLE' }]);
    }
  });

  it('tells of workbooks in the old format', async () => {
    const { considered, scanned, findings } = await scanFiles(excelWorker, [{ name: 'a.xls', data: 'D0CF' }]);
    expect([considered, scanned]).toMatchObject([{ kind: 'take' }, { judgement: 'WARN' }]);
    expect(findings).toMatchObject([{ ruleId: 'WORKBOOK_LEGACY', severity: 'warning', location: { path: 'a.xls' } }]);
    expect((await scanFiles(excelWorker, [{ name: 'a.xls', data: 'D0CF' }], { legacy: 'ignore' })).considered).toMatchObject({ reasonCode: 'NO_WORKBOOKS' });
  });
});
