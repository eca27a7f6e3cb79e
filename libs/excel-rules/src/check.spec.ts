import { countBySeverity } from '@tributary/findings';
import { checkWorkbook } from './check';
import { bookOf, taskBook, taskSheet, workbookOf, type Sketch, type TaskSketch } from './sketch';

const check = (sketch: Sketch, profile = {}) => checkWorkbook({ path: 'templates/调度.xlsx', workbook: workbookOf(sketch), profile });
const places = (sketch: Sketch) =>
  check(sketch)
    .findings.filter(({ severity }) => severity === 'error' || severity === 'blocker')
    .map(({ ruleId, location }) => `${ruleId} ${location.cell ?? ''}`)
    .sort();

const faulty = taskBook(
  { 任务名称: 'load_orders' },
  { 任务名称: 'sum_orders', 上游任务: 'no_such_task' },
  { 任务名称: 'ping', 上游任务: 'pong' },
  { 任务名称: 'pong', 上游任务: 'ping', 重试次数: 108, 负责人: null },
  { 任务名称: 'load_orders', cron表达式: '0 61 2 * * ?' },
);

describe('a checked workbook', () => {
  it('without faults has no findings [Z-002]', () => {
    const { findings, tasks } = check(taskBook({ 任务名称: 'load_orders' }, { 任务名称: 'sum_orders', 上游任务: 'load_orders' }));
    expect({ findings, tasks }).toEqual({ findings: [], tasks: 2 });
  });

  it('with faults names their cells [Z-002]', () => {
    expect(places(faulty)).toEqual([
      'excel/dependency-cycle F4',
      'excel/duplicate-task-name C6',
      'excel/invalid-cron H6',
      'excel/missing-owner I5',
      'excel/retry-out-of-range J5',
      'excel/unknown-upstream F3',
    ]);
    for (const { location } of check(faulty).findings)
      expect(location).toMatchObject({ path: 'templates/调度.xlsx', sheet: '任务列表', cell: expect.stringMatching(/^[A-L][1-6]$/) });
  });

  it('keeps the fingerprints when rows are inserted and columns are moved', () => {
    const moved = (tasks: readonly TaskSketch[]): Sketch => {
      const { name, rows } = taskSheet([{ 任务名称: 'brand_new' }, ...tasks]);
      return { sheets: [{ name, rows: [[], ...rows.map((row) => [null, ...[...row].reverse()])] }] };
    };
    const tasks: TaskSketch[] = [
      { 任务名称: 'a', 上游任务: 'nowhere' },
      { 任务名称: 'b', 上游任务: 'c' },
      { 任务名称: 'c', 上游任务: 'b', 重试次数: 99 },
    ];
    const prints = (sketch: Sketch) =>
      check(sketch)
        .findings.filter(({ ruleId }) => ruleId !== 'excel/isolated-task')
        .map(({ fingerprint }) => fingerprint)
        .sort();
    expect(prints(moved(tasks))).toEqual(prints(taskBook(...tasks)));
    expect(prints(taskBook(...tasks))).toHaveLength(3);
  });

  it('shows no secret', () => {
    const { findings } = check(
      taskBook({ 命令: 'mysql -uetl -pXk29-plain-S3cret < a.sql' }, { 任务名称: 'b', 命令: 'java -jar a.jar --password=Xk29-plain-S3cret“' }),
    );
    expect(findings.filter(({ ruleId }) => ruleId === 'excel/credential-in-cell')).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain('Xk29-plain-S3cret');
  });

  it('obeys a profile', () => {
    const profile = {
      'excel/retry-out-of-range': { options: { attemptsMax: 200 } },
      'excel/missing-owner': { enabled: false },
      'excel/unknown-upstream': { severity: 'info' as const, options: { external: ['no_*'] } },
    };
    const { findings, faults } = check(faulty, profile);
    expect(findings.map(({ ruleId }) => ruleId).sort()).toEqual([
      'excel/dependency-cycle',
      'excel/duplicate-task-name',
      'excel/invalid-cron',
      'excel/isolated-task',
      'excel/isolated-task',
    ]);
    expect(faults).toEqual([]);
  });

  it('sets aside what a cell of the row asks for, with its reason', () => {
    const { name, rows } = taskSheet([{ 任务名称: 'a', 上游任务: 'in_other_system', 重试次数: 99 }]);
    const noted = {
      sheets: [
        { name, rows: rows.map((row, index) => (index === 1 ? [...row, 'tributary:ignore excel/unknown-upstream delivered by the core system'] : row)) },
      ],
    };
    const { findings, suppressed } = check(noted);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['excel/retry-out-of-range']);
    expect(suppressed).toMatchObject([{ finding: { ruleId: 'excel/unknown-upstream' }, by: { line: 2, reason: 'delivered by the core system' } }]);
  });

  it('reads a merged project through, and says that it is merged', () => {
    const sheet = taskSheet([{ 任务名称: 'a' }, { 任务名称: 'b', 项目名称: null, 上游任务: 'a' }], { merges: [{ top: 1, left: 0, bottom: 2, right: 0 }] });
    expect(places({ sheets: [sheet] })).toEqual(['excel/merged-task-cells A2']);
  });

  it('takes a reference into another project as something outside', () => {
    const { findings } = check(taskBook({ 上游任务: 'core:daily:accounts' }));
    expect(countBySeverity(findings)).toEqual({ blocker: 0, error: 0, warning: 1, info: 0 });
  });

  it('of no template says nothing', () => {
    expect(check(bookOf('Sheet1', ['字段名', '字段类型'], ['a', 'b']))).toEqual({ findings: [], suppressed: [], faults: [], tasks: 0, omitted: 0 });
  });

  it('with the same fault everywhere stays readable', () => {
    const { findings, omitted, tasks } = check(taskBook(...Array.from({ length: 2500 }, (_, index) => ({ 任务名称: `t${index}`, 负责人: null }))));
    expect({ listed: findings.length, omitted, tasks }).toEqual({ listed: 2000, omitted: 500, tasks: 2500 });
  });

  it('finds a ring at the end of a long chain', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => ({ 任务名称: `t${index}`, 上游任务: `t${index === 4_999 ? 4_998 : index + 1}` }));
    expect(places(taskBook(...chain))).toEqual(['excel/dependency-cycle F5000']);
  });
});
