/** Two rows define the same task. */
import { z } from 'zod';
import { type Task } from '../book/task';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const duplicateTaskName = defineRule({
  id: 'excel/duplicate-task-name',
  title: { en: 'Task name is taken', zh: '任务名称重复' },
  why: {
    en: 'Importers keep the first or the last of equal names without a word, so one of the tasks is lost.',
    zh: '导入工具会静默保留同名任务中的一个，另一个任务丢失。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Within what a name must be unique. */
    within: z.enum(['workflow', 'project']).default('workflow'),
    /** Whether names that differ by case or width alone are warned about. */
    lookalikes: z.boolean().default(true),
  }),
  examples: {
    flagged: [
      { source: taskBook({ 任务名称: 'load_orders' }, { 任务名称: 'load_orders' }) },
      { source: taskBook({ 任务名称: 'load_orders' }, { 任务名称: 'Load_Orders' }) },
    ],
    accepted: [{ source: taskBook({ 任务名称: 'load_orders' }, { 任务名称: 'load_orders', 工作流名称: 'weekly_sales' }) }],
  },
  source: 'DolphinScheduler import tool overwrites jobs of equal names (github.com/reele/process_definition_import_tool, main_general.py)',
  *check({ tasks }, { within, lookalikes }) {
    const exact = new Map<string, Task>();
    const folded = new Map<string, Task>();
    for (const task of tasks) {
      const place = within === 'workflow' ? [task.project, task.workflow] : [task.project];
      const key = JSON.stringify([...place, task.name]);
      const look = key.normalize('NFKC').toLowerCase();
      const same = exact.get(key);
      const alike = folded.get(look);
      if (same) {
        const { sheet, cell } = same.at('name');
        yield {
          message: { en: `The task ${task.name} is already defined in ${sheet}!${cell}`, zh: `任务 ${task.name} 已在 ${sheet}!${cell} 定义` },
          location: task.at('name'),
          evidence: task.name,
          identity: task.identity,
        };
      } else if (alike && lookalikes) {
        yield {
          message: { en: `${task.name} differs from ${alike.name} by case or width alone`, zh: `${task.name} 与 ${alike.name} 仅大小写或全半角不同` },
          location: task.at('name'),
          evidence: task.name,
          identity: task.identity,
          severity: 'warning',
        };
      }
      if (!same) exact.set(key, task);
      if (!alike) folded.set(look, task);
    }
  },
});
