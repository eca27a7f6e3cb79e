/** A filled row without a task name. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const missingTaskName = defineRule({
  id: 'excel/missing-task-name',
  title: { en: 'Row without a task name', zh: '缺少任务名称' },
  why: { en: 'Importers skip a row whose key is blank, so the task never exists.', zh: '导入工具会跳过关键列为空的行，任务不会被创建。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Rows that fill fewer known columns are notes, not tasks. */
    filledMin: z.int().min(1).max(20).default(3),
  }),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: null }) }, { source: taskBook({ 任务名称: '  ' }) }],
    accepted: [{ source: taskBook({}) }],
  },
  source: 'DolphinScheduler import tool: `if not row[0]: continue` (github.com/reele/process_definition_import_tool, main_general.py)',
  *check({ nameless }, { filledMin }) {
    for (const row of nameless) {
      const filled = [...row.table.columns.keys()].filter((field) => row.text(field) !== '');
      if (filled.length < filledMin) continue;
      const command = row.text('command') || row.text('script');
      yield {
        message: { en: 'This row has no task name', zh: '本行缺少任务名称' },
        location: row.at('name'),
        ...(command !== '' && { evidence: command }),
        identity: `${row.text('project')}/${row.text('workflow')}/${command}`,
      };
    }
  },
});
