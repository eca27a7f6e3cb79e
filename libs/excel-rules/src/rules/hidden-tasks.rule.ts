/** Tasks that nobody sees: on a hidden sheet or in hidden rows. */
import { type Complaint } from '@tributary/findings';
import { z } from 'zod';
import { type Task } from '../book/task';
import { defineRule } from '../rule';
import { taskSheet } from '../sketch';
import { type Sheet } from '../workbook';

export const hiddenTasks = defineRule({
  id: 'excel/hidden-tasks',
  title: { en: 'Hidden tasks', zh: '隐藏的任务' },
  why: {
    en: 'Importers read hidden sheets and filtered rows like any other: what no reviewer saw goes into production.',
    zh: '导入工具照常读取隐藏的工作表和行，未经审阅的任务会进入生产。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: { sheets: [taskSheet([{}], { visibility: 'hidden' })] } },
      { source: { sheets: [taskSheet([{}, { 任务名称: 'sum' }], { hiddenRows: [2] })] } },
    ],
    accepted: [{ source: { sheets: [taskSheet([{}], { hiddenRows: [7] })] }, note: 'an empty row' }],
  },
  source: 'ECMA-376 part 1, 18.2.19 sheet (state) and 18.3.1.73 row (hidden)',
  *check({ tasks }) {
    const announced = new Set<Sheet>();
    for (const task of tasks) {
      const { sheet } = task.table;
      if (sheet.visibility !== 'visible' && !announced.has(sheet)) yield hiddenSheet(task, sheet);
      announced.add(sheet);
      if (!sheet.hiddenRows.has(task.row)) continue;
      yield {
        message: { en: `${task.name} stands in a hidden row`, zh: `${task.name} 位于隐藏的行` },
        location: task.at('name'),
        evidence: task.name,
        identity: task.identity,
      };
    }
  },
});

function hiddenSheet(first: Task, { name }: Sheet): Complaint {
  return {
    message: { en: `The sheet ${name} is hidden, but its tasks are imported`, zh: `工作表 ${name} 已隐藏，但其中的任务仍会被导入` },
    location: first.at('name'),
    evidence: name,
    identity: `sheet ${name}`,
  };
}
