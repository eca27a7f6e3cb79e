/** A task that may run forever. */
import { z } from 'zod';
import { numberIn } from '../cell-number';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const missingTimeout = defineRule({
  id: 'excel/missing-timeout',
  title: { en: 'Task without a timeout', zh: '任务未设置超时' },
  why: { en: 'A job that hangs blocks its line until somebody looks.', zh: '任务挂起后会阻塞整条链路，直到有人发现。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ '超时(分钟)': null }) }, { source: taskBook({ '超时(分钟)': -1 }) }, { source: taskBook({ '超时(分钟)': '一小时' }) }],
    accepted: [{ source: taskBook({ '超时(分钟)': 60 }) }],
  },
  source: 'WeData: a timeout of -1 never ends the task (tencentcloud.com/document/product/1174/65223)',
  *check({ tasks }) {
    for (const task of tasks) {
      if (!task.has('timeout')) continue;
      const text = task.text('timeout');
      const minutes = numberIn(task.value('timeout'));
      if (minutes !== undefined && minutes > 0) continue;
      const unreadable = text !== '' && minutes === undefined;
      yield {
        message: unreadable
          ? { en: `The timeout of ${task.name} is no number: ${text}`, zh: `${task.name} 的超时不是数字：${text}` }
          : { en: `${task.name} has no timeout`, zh: `${task.name} 未设置超时` },
        location: task.at('timeout'),
        ...(text !== '' && { evidence: text }),
        identity: task.identity,
        ...(unreadable && { severity: 'error' as const }),
      };
    }
  },
});
