/** Two columns of a task sheet mean the same. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { bookOf, taskBook } from '../sketch';
import { cellAddress, cellValue, textOf } from '../workbook';

export const duplicateColumn = defineRule({
  id: 'excel/duplicate-column',
  title: { en: 'Two columns mean the same', zh: '两列含义相同' },
  why: { en: 'One importer reads the left column, another one the right.', zh: '不同的导入工具可能读取不同的列。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: bookOf('任务', ['任务名称', '任务类型', '命令', '工作流名称', '负责人', '责任人'], ['load', 'SHELL', 'sh a.sh', 'daily', 'li', 'wang']) },
    ],
    accepted: [{ source: taskBook({}) }],
  },
  source: 'Starlake reads columns by position when the keys are ambiguous (github.com/starlake-ai/starlake, XlsAutoJobReader.scala)',
  *check({ recognised: { tasks } }) {
    for (const { sheet, headerRow, columns, repeated } of tasks) {
      for (const { field, column } of repeated) {
        const header = textOf(cellValue(sheet, headerRow, column));
        const other = textOf(cellValue(sheet, headerRow, columns.get(field) ?? 0));
        yield {
          message: { en: `The columns ${other} and ${header} mean the same`, zh: `列“${other}”与“${header}”含义相同` },
          location: { sheet: sheet.name, cell: cellAddress(headerRow, column) },
          evidence: header,
          identity: `${sheet.name}#${field}#${header}`,
        };
      }
    }
  },
});
