/** A CycleType that WeData does not have. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

const CYCLES = new Set(['ONEOFF_CYCLE', 'YEAR_CYCLE', 'MONTH_CYCLE', 'WEEK_CYCLE', 'DAY_CYCLE', 'HOUR_CYCLE', 'MINUTE_CYCLE', 'CRONTAB_CYCLE']);
/** What the API of 2021 and the answers of the operations centre write instead. */
const OLD_CYCLES = /^(?:[OYMWDHIC]|[0-7]|1[0-3])$/;

export const unknownCycleType = defineRule({
  id: 'wedata/unknown-cycle-type',
  title: { en: 'Unknown cycle type', zh: '未知的调度周期类型' },
  why: { en: 'The task cannot be scheduled; the API refuses it.', zh: '任务无法调度，接口会拒绝。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { CycleType: 'FORTNIGHT_CYCLE' } }), taskExample({ schedule: { CycleType: 'day_cycle' } })],
    accepted: [taskExample({ schedule: { CycleType: 'CRONTAB_CYCLE' } }), taskExample({ schedule: { CycleType: null } }, 'the default is a daily cycle')],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration.CycleType',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const place = field('CycleType');
      const cycle = textAt(place)?.trim();
      if (!place || cycle === undefined || cycle === '' || CYCLES.has(cycle) || OLD_CYCLES.test(cycle)) continue;
      yield about(scene, unit, place, `${label}CycleType`, {
        message: { en: `${cycle} is no cycle of WeData (${unit.name})`, zh: `${unit.name} 的调度周期类型 ${cycle} 不存在` },
      });
    }
  },
});
