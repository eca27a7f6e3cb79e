/** Merged cells among the tasks. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskSheet } from '../sketch';
import { cellAddress, cellValue, textOf } from '../workbook';

export const mergedTaskCells = defineRule({
  id: 'excel/merged-task-cells',
  title: { en: 'Merged cells among the tasks', zh: '任务区域存在合并单元格' },
  why: {
    en: 'Only the first cell of a merge has a value; importers skip the other rows because their key is empty.',
    zh: '合并区域只有首个单元格有值，其余行会因关键列为空而被跳过。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: { sheets: [taskSheet([{ 任务名称: 'a' }, { 任务名称: 'b', 项目名称: null }], { merges: [{ top: 1, left: 0, bottom: 2, right: 0 }] })] } },
    ],
    accepted: [{ source: { sheets: [taskSheet([{}], { merges: [{ top: 1, left: 14, bottom: 3, right: 16 }] })] }, note: 'a note beside the table' }],
  },
  source: 'DolphinScheduler import tool skips rows whose first cell is empty (github.com/reele/process_definition_import_tool, main_general.py)',
  *check({ recognised: { tasks } }) {
    for (const { sheet, headerRow, columns } of tasks) {
      const known = new Map([...columns].map(([field, column]) => [column, field]));
      for (const { top, left, bottom, right } of sheet.merges) {
        const column = [...known.keys()].find((at) => at >= left && at <= right);
        if (column === undefined || bottom <= headerRow || top <= headerRow || top >= sheet.rows.length) continue;
        const text = textOf(cellValue(sheet, top, left));
        yield {
          message: {
            en: `${cellAddress(top, left)}:${cellAddress(bottom, right)} is merged: only its first cell has a value`,
            zh: `${cellAddress(top, left)}:${cellAddress(bottom, right)} 为合并单元格，只有首个单元格有值`,
          },
          location: { sheet: sheet.name, cell: cellAddress(top, left) },
          ...(text !== '' && { evidence: text }),
          identity: `${sheet.name}#${known.get(column) ?? ''}#${text}`,
          fix: { en: 'Unmerge and fill the value into every row.', zh: '请取消合并，并在每一行填写该值。' },
        };
      }
    }
  },
});
