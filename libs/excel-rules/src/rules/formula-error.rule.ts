/** A cell of a task that shows #REF! or one of its family. */
import { z } from 'zod';
import { tableCells } from '../book/table-cells';
import { defineRule } from '../rule';
import { taskSheet } from '../sketch';

export const formulaError = defineRule({
  id: 'excel/formula-error',
  title: { en: 'Cell holds a formula error', zh: '单元格为公式错误' },
  why: { en: 'The importer reads the text "#REF!" as a name, a command or a number.', zh: '导入工具会把“#REF!”当作名称、命令或数字读取。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: { sheets: [taskSheet([{ 命令: '#REF!' }], { errors: { E2: '#REF!' } })] } }],
    accepted: [{ source: { sheets: [taskSheet([{ 命令: 'echo "#REF!"' }])] }, note: 'a text, not an error' }],
  },
  source: 'ECMA-376 part 1, 18.18.11 ST_CellType: e (error)',
  *check({ recognised }) {
    for (const { table, address, column, rowIdentity } of tableCells(recognised)) {
      const error = table.sheet.errors.get(address);
      if (error === undefined) continue;
      yield {
        message: { en: `The cell holds ${error}`, zh: `单元格的值为 ${error}` },
        location: { sheet: table.sheet.name, cell: address },
        evidence: error,
        identity: `${rowIdentity}#${column}`,
      };
    }
  },
});
