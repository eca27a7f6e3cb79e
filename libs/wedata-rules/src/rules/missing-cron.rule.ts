/** A schedule by cron without a cron expression. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

export const missingCron = defineRule({
  id: 'wedata/missing-cron',
  title: { en: 'Cron schedule without an expression', zh: 'cron 调度缺少表达式' },
  why: { en: 'The default, midnight, is taken for it.', zh: '系统会使用默认值（每天零点）。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { CycleType: 'CRONTAB_CYCLE', CrontabExpression: '' } })],
    accepted: [
      taskExample({ schedule: { CycleType: 'CRONTAB_CYCLE', CrontabExpression: '0 0 3 * * ?' } }),
      taskExample({ schedule: { CrontabExpression: undefined } }, 'computed for a daily cycle'),
    ],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration.CycleType CRONTAB_CYCLE, WorkflowTriggerConfig.ConfigMode CRON_EXPRESSION',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const [cycle, mode] = [field('CycleType'), field('ConfigMode')];
      const place = textAt(mode) === 'CRON_EXPRESSION' ? mode : textAt(cycle) === 'CRONTAB_CYCLE' ? cycle : undefined;
      if (!place || field('CrontabExpression')) continue;
      yield about(scene, unit, place, `${label}CrontabExpression`, {
        message: { en: `${unit.name} is scheduled by cron, but has no expression`, zh: `${unit.name} 使用 cron 调度，但没有表达式` },
      });
    }
  },
});
