import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkWorkbook } from './check';
import { readWorkbook } from './hucre.workbook';
import { recogniseTemplate } from './template/recognise';

const folder = join(__dirname, '../../../../shared/corpora/excel');
const present = existsSync(folder);
if (!present) process.stdout.write(`skipped: real templates: there is no folder ${folder}\n`);

(present ? describe : describe.skip)('real templates', () => {
  const read = async (file: string) => {
    const answer = await readWorkbook(new Uint8Array(readFileSync(join(folder, file))));
    if (answer.kind !== 'read') throw new Error(answer.detail);
    return answer.workbook;
  };
  const rulesOf = (workbook: Awaited<ReturnType<typeof read>>, severities: readonly string[]) =>
    checkWorkbook({ path: 'a.xlsx', workbook })
      .findings.filter(({ severity }) => severities.includes(severity))
      .map(({ ruleId, location }) => `${ruleId} ${location.sheet ?? ''}!${location.cell ?? ''}`);

  it('of DolphinScheduler: one job, retried 108 times', async () => {
    const workbook = await read('dolphinscheduler-template-v1.4.xlsx');
    expect(recogniseTemplate(workbook)).toMatchObject({
      kind: 'dolphinscheduler',
      tasks: [{ sheet: { name: '作业列表' } }],
      dependencies: [{ sheet: { name: '依赖列表' } }],
    });
    expect(checkWorkbook({ path: 'a.xlsx', workbook }).tasks).toBe(1);
    expect(rulesOf(workbook, ['blocker', 'error'])).toEqual(['excel/retry-out-of-range 作业列表!H2']);
    // The sheets that say 密码:schedule give away the password of their own protection.
    expect([...new Set(rulesOf(workbook, ['warning', 'info']).map((found) => found.replace(/!.*/, '')))].sort()).toEqual([
      ...['作业分组规则', '作业名标准化规则', '分组最高被依赖级别', '周期自依赖映射', '版本', '非自动生成根节点'].map(
        (sheet) => `excel/credential-in-cell ${sheet}`,
      ),
      'excel/unknown-upstream 依赖列表',
    ]);
  });

  it('of Azkaban: sound flows, passwords in the clear', async () => {
    const workbook = await read('azkaban-helper-template.xlsx');
    expect(recogniseTemplate(workbook)).toMatchObject({ kind: 'azkaban' });
    expect(checkWorkbook({ path: 'a.xlsx', workbook }).tasks).toBeGreaterThan(10);
    expect(rulesOf(workbook, ['blocker', 'error']).sort()).toEqual([
      'excel/credential-in-cell config!D2',
      'excel/credential-in-cell config!D3',
      'excel/credential-in-cell config!D4',
    ]);
    // The names and commands of this template are calculated.
    expect(new Set(rulesOf(workbook, ['warning', 'info']).map((found) => found.replace(/ .*/, '')))).toEqual(new Set(['excel/formula-in-task']));
  });
});
