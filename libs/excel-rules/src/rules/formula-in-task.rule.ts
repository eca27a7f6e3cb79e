/** A cell of a task that is calculated. */
import { z } from 'zod';
import { tableCells } from '../book/table-cells';
import { defineRule } from '../rule';
import { taskSheet } from '../sketch';

export const formulaInTask = defineRule({
  id: 'excel/formula-in-task',
  title: { en: 'Cell of a task is a formula', zh: '任务单元格为公式' },
  why: {
    en: 'Importers read the stored result, which is as old as the last save in Excel, or nothing when none is stored.',
    zh: '导入工具读取的是缓存结果：可能已过期，未缓存时则为空。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: { sheets: [taskSheet([{ 任务名称: 'load_1' }], { formulas: { C2: '"load_"&1' } })] } },
      { source: { sheets: [taskSheet([{ 负责人: null }], { formulas: { I2: 'A9' } })] }, note: 'no stored result' },
    ],
    accepted: [{ source: { sheets: [taskSheet([{}])] } }],
  },
  source: 'ECMA-376 part 1, 18.3.1.40 f (formula): the value beside it is what the last application computed',
  *check({ recognised }) {
    for (const { table, address, column, rowIdentity } of tableCells(recognised)) {
      const formula = table.sheet.formulas.get(address);
      if (!formula) continue;
      const about = {
        location: { sheet: table.sheet.name, cell: address },
        ...(formula.text !== '' && { evidence: `=${formula.text}` }),
        identity: `${rowIdentity}#${column}`,
      };
      yield formula.cached
        ? { ...about, message: { en: 'The cell is calculated: replace the formula by its value', zh: '单元格为公式，请替换为值' } }
        : {
            ...about,
            severity: 'error' as const,
            message: { en: 'The formula has no stored result: importers read an empty cell', zh: '公式没有缓存结果，导入工具会读到空单元格' },
          };
    }
  },
});
