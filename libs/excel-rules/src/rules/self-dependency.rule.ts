/** A task names itself among its upstream tasks. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const selfDependency = defineRule({
  id: 'excel/self-dependency',
  title: { en: 'Task waits for itself', zh: '任务依赖自身' },
  why: {
    en: 'The task never starts. Waiting for the run of the previous period is a setting of its own.',
    zh: '任务永远不会启动；依赖上一周期的自身实例应使用自依赖设置。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 'load_orders', 上游任务: 'load_orders' }) }],
    accepted: [{ source: taskBook({ 任务名称: 'load_orders' }, { 任务名称: 'sum_orders', 上游任务: 'load_orders' }) }],
  },
  source: 'DolphinScheduler import template, column 是否自依赖上一周期 (github.com/reele/process_definition_import_tool)',
  *check({ upstreams }) {
    for (const { task, name, target, location } of upstreams) {
      if (!task || target !== task) continue;
      yield {
        message: { en: `${task.name} waits for itself`, zh: `${task.name} 依赖自身` },
        location,
        evidence: name,
        identity: task.identity,
        fix: { en: 'Remove it; use the self-dependency setting to wait for the previous period.', zh: '请删除；如需等待上一周期，请使用自依赖设置。' },
      };
    }
  },
});
