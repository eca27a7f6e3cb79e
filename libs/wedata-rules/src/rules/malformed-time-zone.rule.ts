/** A time zone that is no whole offset from UTC. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

export const malformedTimeZone = defineRule({
  id: 'wedata/malformed-time-zone',
  title: { en: 'Not a time zone of WeData', zh: '时区格式错误' },
  why: { en: 'WeData knows whole offsets only: UTC+8, not Asia/Shanghai.', zh: 'WeData 只支持整数偏移，例如 UTC+8。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { ScheduleTimeZone: 'Asia/Shanghai' } }), taskExample({ schedule: { ScheduleTimeZone: 'UTC+25' } })],
    accepted: [taskExample({ schedule: { ScheduleTimeZone: 'UTC-5' } }), taskExample({ schedule: { ScheduleTimeZone: 'UTC' } })],
  },
  source: 'WeData API 2025-08-06, examples of ScheduleTimeZone: UTC+8',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const place = field('ScheduleTimeZone');
      const zone = textAt(place);
      if (!place || zone === undefined || /^UTC(?:[+-](?:\d|0\d|1[0-4]))?$/.test(zone) || zone.includes('${')) continue;
      yield about(scene, unit, place, `${label}ScheduleTimeZone`, {
        message: { en: `${zone} is no time zone of WeData (${unit.name})`, zh: `${unit.name} 的时区 ${zone} 无法识别` },
      });
    }
  },
});
