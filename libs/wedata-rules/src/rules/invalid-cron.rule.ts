/** A cron expression that the scheduler does not accept. */
import { z } from 'zod';
import { parseQuartz } from '@tributary/quartz-cron';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

export const invalidCron = defineRule({
  id: 'wedata/invalid-cron',
  title: { en: 'Cron expression is not valid', zh: 'cron 表达式无效' },
  why: {
    en: 'A cron schedule with it is refused; beside another cycle it is computed anew, and whoever typed it is surprised.',
    zh: 'cron 调度会被拒绝；其他周期类型会由系统重新计算表达式。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      taskExample({ schedule: { CycleType: 'CRONTAB_CYCLE', CrontabExpression: '0 61 2 * * ?' } }),
      taskExample({ schedule: { CrontabExpression: '0 2 * * *' } }, 'Unix cron'),
    ],
    accepted: [
      taskExample({ schedule: { CycleType: 'CRONTAB_CYCLE', CrontabExpression: '0 2 3 1,L,2 * ?' } }),
      taskExample({ schedule: { CrontabExpression: '0 0/30 0-23 * * ? *' } }),
    ],
  },
  source: 'WeData API 2025-08-06, CrontabExpression (default 0 0 0 * * ? *); Quartz CronExpression (github.com/quartz-scheduler/quartz)',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const place = field('CrontabExpression');
      const expression = textAt(place);
      if (!place || expression === undefined || expression.includes('${')) continue;
      const parsed = parseQuartz(expression);
      if (parsed.kind === 'cron') continue;
      const { message } = parsed.problem;
      const typed = textAt(field('CycleType')) === 'CRONTAB_CYCLE' || textAt(field('ConfigMode')) === 'CRON_EXPRESSION';
      yield about(scene, unit, place, `${label}CrontabExpression`, {
        ...(!typed && { severity: 'warning' as const }),
        message: { en: `The cron of ${unit.name} is not valid: ${message.en}`, zh: `${unit.name} 的 cron 表达式无效：${message.zh}` },
      });
    }
  },
});
