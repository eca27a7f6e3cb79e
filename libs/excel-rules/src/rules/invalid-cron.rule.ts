/** A cron expression that Quartz does not accept. */
import { z } from 'zod';
import { parseQuartz } from '@tributary/quartz-cron';
import { crons } from '../book/crons';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const invalidCron = defineRule({
  id: 'excel/invalid-cron',
  title: { en: 'Cron expression is not valid', zh: 'cron 表达式无效' },
  why: { en: 'The scheduler refuses the workflow, or runs it at hours that nobody meant.', zh: '调度系统会拒绝该工作流，或在错误的时间运行。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: taskBook({ cron表达式: '0 61 2 * * ?' }) },
      { source: taskBook({ cron表达式: '0 2 * * *' }), note: 'Unix cron has no seconds' },
      { source: taskBook({ cron表达式: '0 0 2 * * *' }), note: 'neither day is "?"' },
    ],
    accepted: [
      { source: taskBook({ cron表达式: '0 0/30 8-20 ? * MON-FRI' }) },
      { source: taskBook({ cron表达式: '0 0 3 1,L * ? 2026-2030' }) },
      { source: taskBook({ cron表达式: null }) },
    ],
  },
  source: 'Quartz CronExpression (github.com/quartz-scheduler/quartz, quartz/src/main/java/org/quartz/CronExpression.java)',
  *check(book) {
    for (const { expression, of, location, identity } of crons(book)) {
      const parsed = parseQuartz(expression);
      if (parsed.kind === 'cron') continue;
      const { en, zh } = parsed.problem.message;
      yield { message: { en: `The cron of ${of} is not valid: ${en}`, zh: `${of} 的 cron 表达式无效：${zh}` }, location, evidence: expression, identity };
    }
  },
});
