/** A calendar that is switched on but not named. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { present } from '../model/unit';
import { about, defineRule } from '../rule';

export const calendarWithoutId = defineRule({
  id: 'wedata/calendar-without-id',
  title: { en: 'Calendar is not named', zh: '启用日历但未指定' },
  why: { en: 'The task runs on every day instead of on those of the calendar.', zh: '任务会每天运行，而不是按日历运行。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { CalendarOpen: '1', CalendarId: '' } })],
    accepted: [taskExample({ schedule: { CalendarOpen: 1, CalendarId: '105' } }), taskExample({ schedule: { CalendarOpen: '0', CalendarId: '' } })],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration.CalendarOpen, CalendarId',
  *check(scene) {
    for (const unit of scene.units) {
      const place = present(unit, 'CalendarOpen');
      if (!place || textAt(place) !== '1' || present(unit, 'CalendarId')) continue;
      yield about(scene, unit, place, 'CalendarId', {
        message: { en: `${unit.name} runs by a calendar, but names none`, zh: `${unit.name} 启用了日历调度，但未指定日历` },
      });
    }
  },
});
