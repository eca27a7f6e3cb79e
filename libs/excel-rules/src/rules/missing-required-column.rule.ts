/** The task sheet lacks a column that its template requires. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { bookOf, taskBook } from '../sketch';
import { labelOf } from '../template/fields';
import { cellAddress } from '../workbook';

export const missingRequiredColumn = defineRule({
  id: 'excel/missing-required-column',
  title: { en: 'Required column is missing', zh: '缺少必需的列' },
  why: { en: 'Without the column no row can be imported as it is meant.', zh: '缺少该列时，任何一行都无法按预期导入。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      {
        source: bookOf('任务', ['任务名称', '任务类型', '命令', '上游任务', '工作流名称'], ['load', 'SHELL', 'sh a.sh', null, 'daily']),
        note: 'no column for the owner',
      },
    ],
    accepted: [{ source: taskBook({}) }],
  },
  source: 'Azkaban helper: titles and columns of the template are fixed (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ recognised: { template, tasks } }) {
    for (const { sheet, headerRow, columns } of tasks) {
      const headers = sheet.rows[headerRow] ?? [];
      const first = Math.max(
        0,
        headers.findIndex((value) => value !== null),
      );
      for (const field of template.required.filter((required) => !columns.has(required))) {
        const { en, zh } = labelOf(field);
        yield {
          message: { en: `The ${template.label.en} needs a column for ${en} (${zh})`, zh: `${template.label.zh}缺少“${zh}”列` },
          location: { sheet: sheet.name, cell: cellAddress(headerRow, first) },
          identity: `${sheet.name}#${field}`,
        };
      }
    }
  },
});
