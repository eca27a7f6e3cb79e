/** An event name that cannot be registered. */
import { z } from 'zod';
import { child, textAt } from '../document/place';
import { taskExample } from '../example';
import { items } from '../model/unit';
import { about, defineRule } from '../rule';

const listener = (EventName: string) => taskExample({ schedule: { EventListenerList: [{ EventName, EventSubType: 'DAY', EventBroadcastType: 'BROADCAST' }] } });

export const malformedEventName = defineRule({
  id: 'wedata/malformed-event-name',
  title: { en: 'Event name cannot be registered', zh: '事件名称不合法' },
  why: { en: 'An event of that name was never published, so the task waits forever.', zh: '该名称的事件无法注册，任务会一直等待。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({ lengthMax: z.int().min(1).max(200).default(20) }),
  examples: { flagged: [listener('1st event')], accepted: [listener('event_241030')] },
  source: 'WeData API 2021-08-20, RegisterEvent: English letters, digits and underscores, at most 20, not first',
  *check(scene, { lengthMax }) {
    for (const unit of scene.units) {
      for (const listened of items(unit, 'EventListenerList')) {
        const place = child(listened, 'EventName');
        const name = textAt(place);
        if (!place || name === undefined || (/^[A-Za-z]\w*$/.test(name) && name.length <= lengthMax)) continue;
        yield about(scene, unit, place, name, {
          message: { en: `${unit.name} listens to ${name}, which is no possible name of an event`, zh: `${unit.name} 监听的事件名称 ${name} 不合法` },
        });
      }
    }
  },
});
