/** A schedule that ended before the package was uploaded. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { parseMoment } from '../model/moment';
import { schedulesOf } from '../model/schedules';
import { about, defineRule } from '../rule';

const HOUR_MS = 3_600_000;

export const scheduleIsOver = defineRule({
  id: 'wedata/schedule-is-over',
  title: { en: 'Schedule is over', zh: '调度已过期' },
  why: { en: 'After its end nothing of the task runs any more.', zh: '生效时间结束后任务不再运行。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { StartTime: '2001-01-01 00:00:00', EndTime: '2001-12-31 23:59:59' } })],
    accepted: [taskExample({})],
  },
  source: 'WeData: effective time, by default until 2099-12-31 (tencentcloud.com/zh/document/product/1174/65220)',
  *check(scene) {
    const { uploadedAt } = scene;
    if (uploadedAt === undefined) return;
    for (const { unit, label, field } of schedulesOf(scene.units)) {
      const place = field('EndTime');
      const end = parseMoment(textAt(place) ?? '');
      // Zones reach from UTC-12 to UTC+14: in doubt it is not over yet.
      if (!place || end === undefined || end + 12 * HOUR_MS >= uploadedAt) continue;
      yield about(scene, unit, place, `${label}EndTime`, {
        message: { en: `The schedule of ${unit.name} was over before this upload`, zh: `${unit.name} 的调度在上传前已过期` },
      });
    }
  },
});
