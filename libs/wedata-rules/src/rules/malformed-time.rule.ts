/** A StartTime or EndTime that is no point in time. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { parseMoment } from '../model/moment';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

export const malformedTime = defineRule({
  id: 'wedata/malformed-time',
  title: { en: 'Not a point in time', zh: '时间格式错误' },
  why: {
    en: 'The API refuses other formats than yyyy-MM-dd HH:mm:ss, and days that do not exist.',
    zh: '接口只接受 yyyy-MM-dd HH:mm:ss 格式，且日期必须存在。',
  },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { StartTime: '2025/09/02' } }), taskExample({ schedule: { EndTime: '2026-02-30 00:00:00' } })],
    accepted: [taskExample({ schedule: { StartTime: '2025-09-02 00:00:00' } }), taskExample({ schedule: { EndTime: undefined } })],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration.StartTime, EndTime',
  *check(scene) {
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      for (const name of ['StartTime', 'EndTime'] as const) {
        const place = field(name);
        const text = textAt(place);
        // The ids of moments in the API of 2021 and in sources of bundles are milliseconds.
        if (!place || text === undefined || parseMoment(text) !== undefined || /^\d{13}$/.test(text) || text.includes('${')) continue;
        yield about(scene, unit, place, `${label}${name}`, {
          message: { en: `${name} of ${unit.name} is no yyyy-MM-dd HH:mm:ss: ${text}`, zh: `${unit.name} 的 ${name} 不是有效的 yyyy-MM-dd HH:mm:ss：${text}` },
        });
      }
    }
  },
});
