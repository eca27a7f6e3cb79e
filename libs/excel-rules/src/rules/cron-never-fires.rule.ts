/** A valid cron expression for a day that does not exist. */
import { z } from 'zod';
import { neverFires, parseQuartz } from '@tributary/quartz-cron';
import { crons } from '../book/crons';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const cronNeverFires = defineRule({
  id: 'excel/cron-never-fires',
  title: { en: 'Cron expression never fires', zh: 'cron 表达式永远不会触发' },
  why: { en: 'The scheduler accepts it, and the task silently never runs.', zh: '调度系统会接受该表达式，但任务永远不会运行。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 调度周期: '年', cron表达式: '0 0 2 31 2 ?' }) }],
    accepted: [{ source: taskBook({ 调度周期: '年', cron表达式: '0 0 2 29 2 ?' }), note: 'every four years' }],
  },
  source: 'Quartz answers such expressions with no next fire time (quartz-scheduler.org, CronTrigger)',
  *check(book) {
    for (const { expression, of, location, identity } of crons(book)) {
      const parsed = parseQuartz(expression);
      if (parsed.kind !== 'cron' || !neverFires(parsed.fields)) continue;
      yield {
        message: { en: `The cron of ${of} names a day that does not exist`, zh: `${of} 的 cron 表达式指定了不存在的日期` },
        location,
        evidence: expression,
        identity,
      };
    }
  },
});
