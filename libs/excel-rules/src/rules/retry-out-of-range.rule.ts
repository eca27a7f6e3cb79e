/** A retry count that no scheduler takes, or that hides a broken task for hours. */
import { z } from 'zod';
import { numberIn } from '../cell-number';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const retryOutOfRange = defineRule({
  id: 'excel/retry-out-of-range',
  title: { en: 'Retry count out of range', zh: '重试次数超出范围' },
  why: {
    en: 'A task that is tried a hundred times fails for hours before anybody hears of it; many schedulers refuse more than five.',
    zh: '重试上百次的任务会连续失败数小时才被发现；许多调度系统最多允许五次重试。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({ attemptsMax: z.int().min(0).max(1000).default(5) }),
  examples: {
    flagged: [
      { source: taskBook({ 重试次数: 108 }) },
      { source: taskBook({ 重试次数: -1 }) },
      { source: taskBook({ 重试次数: 1.5 }) },
      { source: taskBook({ 重试次数: '三次' }) },
    ],
    accepted: [{ source: taskBook({ 重试次数: 0 }) }, { source: taskBook({ 重试次数: '5' }) }, { source: taskBook({ 重试次数: null }) }],
  },
  source: 'WeData: "Up to 5 retries are supported" (tencentcloud.com/document/product/1174/65223); a published template carries 108',
  *check({ tasks }, { attemptsMax }) {
    for (const task of tasks) {
      const text = task.text('retry');
      if (text === '') continue;
      const retries = numberIn(task.value('retry'));
      if (retries !== undefined && Number.isInteger(retries) && retries >= 0 && retries <= attemptsMax) continue;
      yield {
        message: {
          en: `${task.name} has a retry count of ${text}; 0 to ${attemptsMax} are possible`,
          zh: `${task.name} 的重试次数为 ${text}，允许 0 到 ${attemptsMax}`,
        },
        location: task.at('retry'),
        evidence: text,
        identity: task.identity,
      };
    }
  },
});
