/** Retries that follow each other without a pause. */
import { z } from 'zod';
import { numberIn } from '../cell-number';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const retryWithoutInterval = defineRule({
  id: 'excel/retry-without-interval',
  title: { en: 'Retries without a pause', zh: '重试没有间隔' },
  why: {
    en: 'A database that is away for a minute is still away for all the retries of the same second.',
    zh: '数据库短暂不可用时，同一秒内的所有重试都会失败。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 重试次数: 3, '重试间隔(分钟)': 0 }) }, { source: taskBook({ 重试次数: 3, '重试间隔(分钟)': null }) }],
    accepted: [{ source: taskBook({ 重试次数: 3, '重试间隔(分钟)': 5 }) }, { source: taskBook({ 重试次数: 0, '重试间隔(分钟)': null }) }],
  },
  source: 'WeData waits five minutes between retries by default (CreateTask, RetryWaitMinute, API 2025-08-06)',
  *check({ tasks }) {
    for (const task of tasks) {
      if (!task.has('retryInterval') || (numberIn(task.value('retry')) ?? 0) <= 0) continue;
      const text = task.text('retryInterval');
      const pause = numberIn(task.value('retryInterval'));
      if (pause !== undefined && pause > 0) continue;
      yield {
        message: { en: `${task.name} is retried without a pause`, zh: `${task.name} 的重试没有间隔` },
        location: task.at('retryInterval'),
        ...(text !== '' && { evidence: text }),
        identity: task.identity,
      };
    }
  },
});
