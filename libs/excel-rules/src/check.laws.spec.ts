import fc from 'fast-check';
import { checkWorkbook } from './check';
import { taskSheet, workbookOf, type Sketch, type TaskSketch } from './sketch';
import { type CellValue } from './workbook';

const text = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'a,b',
    'b;a|',
    ' a',
    'A',
    'ａ',
    '日',
    'W1',
    '0 0 2 * * ?',
    '0 61 2 * * ?',
    '* * * * * *',
    '#REF!',
    'echo “x”',
    'password=hunter22',
    'wf.a',
    'p:w:t',
    '=1+1',
    '__proto__',
    'constructor',
    'tributary:ignore excel/missing-owner nobody',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const value: fc.Arbitrary<CellValue> = fc.oneof(text, fc.double(), fc.integer({ min: -5, max: 200 }), fc.boolean(), fc.constant(null));
const columns = [
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
] as const;
const task = fc.record(Object.fromEntries(columns.map((column) => [column, value])) as Record<(typeof columns)[number], typeof value>, {
  requiredKeys: [],
}) as fc.Arbitrary<TaskSketch>;
const corner = fc.nat(12);
const merge = fc.record({ top: corner, left: corner, bottom: corner, right: corner });
const anySketch: fc.Arbitrary<Sketch> = fc
  .tuple(
    fc.array(task, { maxLength: 8 }),
    fc.array(fc.record({ name: text, rows: fc.array(fc.array(value, { maxLength: 8 }), { maxLength: 6 }) }), { maxLength: 3 }),
    fc.array(merge, { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([tasks, others, merges, hidden]) => ({
    sheets: [taskSheet(tasks, { merges, ...(hidden && { visibility: 'hidden', hiddenRows: [2] }), errors: { C2: '#N/A' }, formulas: { D3: 'x' } }), ...others],
  }));
const check = (sketch: Sketch) => checkWorkbook({ path: 'a.xlsx', workbook: workbookOf(sketch) });

describe('whatever a workbook holds', () => {
  it('checking it does not throw and gives the same answer twice', () => {
    fc.assert(fc.property(anySketch, (sketch) => JSON.stringify(check(sketch)) === JSON.stringify(check(sketch))));
  });

  it('findings point at cells inside its sheets', () => {
    fc.assert(
      fc.property(anySketch, (sketch) =>
        check(sketch).findings.every(({ location }) => {
          const sheets = sketch.sheets.filter(({ name }) => name === location.sheet);
          const [, row = '0'] = /^[A-Z]+(\d+)$/.exec(location.cell ?? '') ?? [];
          return sheets.some(({ rows }) => Number(row) >= 1 && Number(row) <= rows.length);
        }),
      ),
    );
  });

  it('a sound row inserted on top changes no fingerprint', () => {
    const sound: TaskSketch = { 任务名称: 'inserted_on_top', 工作流名称: 'another workflow' };
    const prints = (tasks: TaskSketch[]) =>
      check({ sheets: [taskSheet(tasks)] })
        .findings.map(({ fingerprint }) => fingerprint)
        .sort();
    fc.assert(fc.property(fc.array(task, { maxLength: 8 }), (tasks) => JSON.stringify(prints([sound, ...tasks])) === JSON.stringify(prints(tasks))));
  });
});
