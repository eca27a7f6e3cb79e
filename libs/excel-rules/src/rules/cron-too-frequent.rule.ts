/** A cron expression that fires every second or minute, mostly by accident. */
import { z } from 'zod';
import { pacesOf, parseQuartz } from '@tributary/quartz-cron';
import { crons } from '../book/crons';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const cronTooFrequent = defineRule({
  id: 'excel/cron-too-frequent',
  title: { en: 'Cron fires every second or minute', zh: 'cron 触发过于频繁' },
  why: { en: "A '*' in the first fields is mostly meant as 'any' and floods the cluster with instances.", zh: '前两个字段中的“*”往往是误写，会产生大量实例。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 调度周期: '分钟', cron表达式: '* * 2 * * ?' }) }, { source: taskBook({ 调度周期: '分钟', cron表达式: '0 * * * * ?' }) }],
    accepted: [{ source: taskBook({ 调度周期: '分钟', cron表达式: '0 0/5 * * * ?' }) }],
  },
  source: 'WeData offers steps of 5 minutes and more only (cloud.tencent.com/document/product/1267/95581)',
  *check(book) {
    for (const { expression, of, location, identity } of crons(book)) {
      const parsed = parseQuartz(expression);
      const [pace, ...others] = parsed.kind === 'cron' ? pacesOf(parsed.fields) : [];
      if (pace !== 'second' && !(pace === 'minute' && others.length === 0)) continue;
      yield {
        message:
          pace === 'second'
            ? { en: `The cron of ${of} fires every second or several times a minute`, zh: `${of} 的 cron 每秒或每分钟多次触发` }
            : { en: `The cron of ${of} fires every minute`, zh: `${of} 的 cron 每分钟触发` },
        location,
        evidence: expression,
        identity,
      };
    }
  },
});
