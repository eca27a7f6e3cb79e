/** The cron expression and the cycle beside it speak of different periods. */
import { z } from 'zod';
import { pacesOf, parseQuartz } from '@tributary/quartz-cron';
import { crons } from '../book/crons';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const cronCycleMismatch = defineRule({
  id: 'excel/cron-cycle-mismatch',
  title: { en: 'Cron does not fit the cycle', zh: 'cron 与调度周期不一致' },
  why: { en: 'Data dates are computed from the cycle, runs from the cron: they drift apart.', zh: '数据日期按周期计算，而运行时间取决于 cron，两者会不一致。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 调度周期: '小时', cron表达式: '0 0 2 * * ?' }) }, { source: taskBook({ 调度周期: '日', cron表达式: '0 0/5 * * * ?' }) }],
    accepted: [
      { source: taskBook({ 调度周期: '日', cron表达式: '0 0 2,14 * * ?' }) },
      { source: taskBook({ 调度周期: '周', cron表达式: '0 0 2 ? * MON' }) },
      { source: taskBook({ 调度周期: '季', cron表达式: '0 0 2 1 1,4,7,10 ?' }) },
    ],
  },
  source: 'WeData computes the cron of periodic tasks itself and ignores a typed one (TaskDsDTO.CrontabExpression, API 2021-08-20)',
  *check(book) {
    for (const { expression, cycle, of, location, identity } of crons(book)) {
      if (cycle === undefined || cycle === 'cron' || cycle === 'manual' || cycle === 'once') continue;
      const parsed = parseQuartz(expression);
      if (parsed.kind !== 'cron') continue;
      const paces = pacesOf(parsed.fields);
      if (paces.includes(cycle)) continue;
      yield {
        message: { en: `${of} runs by the ${cycle}, but its cron fires by the ${paces.join(' or ')}`, zh: `${of} 的调度周期与 cron 触发频率不一致` },
        location,
        evidence: expression,
        identity,
      };
    }
  },
});
