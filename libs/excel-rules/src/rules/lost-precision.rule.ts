/** A long id typed as a number: Excel keeps 15 digits of it. */
import { z } from 'zod';
import { tableCells } from '../book/table-cells';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const lostPrecision = defineRule({
  id: 'excel/lost-precision',
  title: { en: 'Number has lost its last digits', zh: '数字丢失精度' },
  why: { en: 'Excel keeps 15 digits: the id in this cell is not the one that was typed.', zh: 'Excel 只保留 15 位有效数字，单元格中的编号已不是输入的值。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 20250908225847400 }) }],
    accepted: [{ source: taskBook({ 任务名称: '20250908225847483' }), note: 'a text keeps all digits' }],
  },
  source: 'Excel specifications and limits: number precision 15 digits (support.microsoft.com)',
  *check({ recognised }) {
    for (const { table, address, value, column, rowIdentity } of tableCells(recognised)) {
      if (typeof value !== 'number' || Math.abs(value) < 1e15) continue;
      yield {
        message: { en: 'More than 15 digits are kept as a number: the last ones are lost', zh: '超过 15 位的数字以数值存储，末尾数字已丢失' },
        location: { sheet: table.sheet.name, cell: address },
        evidence: String(value),
        identity: `${rowIdentity}#${column}`,
        fix: { en: 'Format the column as text and type the value again.', zh: '请将该列设为文本格式后重新输入。' },
      };
    }
  },
});
