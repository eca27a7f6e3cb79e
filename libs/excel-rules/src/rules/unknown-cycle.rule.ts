/** A scheduling cycle that is no word for a period. */
import { z } from 'zod';
import { cycleOf } from '../cycle';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const unknownCycle = defineRule({
  id: 'excel/unknown-cycle',
  title: { en: 'Unknown scheduling cycle', zh: '未知的调度周期' },
  why: { en: 'An importer stops with an error, or schedules the task by a default.', zh: '导入工具会报错中断，或按默认周期调度。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Words of this house. */
    further: z.array(z.string().max(64)).max(100).default([]),
  }),
  examples: {
    flagged: [{ source: taskBook({ 调度周期: '双周' }) }, { source: taskBook({ 调度周期: 'X' }) }],
    accepted: [{ source: taskBook({ 调度周期: '日' }) }, { source: taskBook({ 调度周期: 'DAY_CYCLE' }) }, { source: taskBook({ 调度周期: 'D' }) }],
  },
  source: 'DolphinScheduler import tool crashes on an unknown cycle key (github.com/reele/process_definition_import_tool, schedule_config.py)',
  *check({ tasks }, { further }) {
    const allowed = new Set(further.map((word) => word.trim().toLowerCase()));
    for (const task of tasks) {
      const text = task.text('cycle');
      if (text === '' || cycleOf(text) !== undefined || allowed.has(text.toLowerCase())) continue;
      yield {
        message: { en: `${text} is no cycle that ${task.name} could run by`, zh: `${task.name} 的调度周期“${text}”无法识别` },
        location: task.at('cycle'),
        evidence: text,
        identity: task.identity,
      };
    }
  },
});
