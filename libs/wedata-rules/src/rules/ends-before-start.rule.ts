/** A schedule that is over before it begins. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { parseMoment } from '../model/moment';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

export const endsBeforeStart = defineRule({
  id: 'wedata/ends-before-start',
  title: { en: 'Schedule ends before it starts', zh: '结束时间早于开始时间' },
  why: { en: 'The task never runs, and no alarm tells.', zh: '任务永远不会运行，也没有告警。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { StartTime: '2030-01-01 00:00:00', EndTime: '2020-01-01 00:00:00' } })],
    accepted: [taskExample({ schedule: { StartTime: '2025-02-14 00:00:00', EndTime: '2025-02-14 23:59:59' } })],
  },
  source: 'WeData: instances are created within the effective time only (tencentcloud.com/zh/document/product/1174/65220)',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const end = field('EndTime');
      const [from, to] = [parseMoment(textAt(field('StartTime')) ?? ''), parseMoment(textAt(end) ?? '')];
      if (!end || from === undefined || to === undefined || to > from) continue;
      yield about(scene, unit, end, `${label}EndTime`, {
        message: { en: `The schedule of ${unit.name} ends before it starts`, zh: `${unit.name} 的调度结束时间不晚于开始时间` },
      });
    }
  },
});
