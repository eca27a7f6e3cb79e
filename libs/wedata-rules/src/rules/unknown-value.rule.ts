/** A field with a value that is none of those the API lists. */
import { z } from 'zod';
import { child, isAbsent, textAt } from '../document/place';
import { taskExample } from '../example';
import { schedulesOf } from '../model/schedules';
import { items, present } from '../model/unit';
import { about, defineRule } from '../rule';

const words = (text: string): readonly string[] => text.split(' ');

/** The values per field; numbers are written as texts, too. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['SelfDepend', words('parallel serial orderly 1 2 3')],
  ['AllowRedoType', words('ALL FAILURE NONE')],
  ['InitStrategy', words('T_PLUS_0 T_PLUS_1 T_MINUS_1')],
  ['CalendarOpen', words('0 1')],
  ['ScheduleType', words('0 1')],
  ['ScheduleRunType', words('0 1')],
  ['RunPriorityType', words('4 5 6')],
  ['RunPriority', words('4 5 6')],
  ['AllowDownstreamDependency', words('0 1 true false')],
  ['DependencyWorkflow', words('yes no')],
  ['WorkflowType', words('cycle manual')],
  [
    'DependencyTriggerPolicy',
    words(
      'ALL_SUCCESS ALL_FAILED ALL_DONE ALL_DONE_AT_LEAST_ONE_SUCCESS ALL_DONE_AT_LEAST_ONE_FAILED ALL_DONE_NONE_FAILED_AT_LEAST_ONE_SUCCESS ALL_SKIPPED ONE_FAILED ONE_SUCCESS ONE_DONE NONE_FAILED NONE_SKIPPED',
    ),
  ],
]);
const LISTENER_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['EventSubType', words('SECOND MIN HOUR DAY')],
  ['EventBroadcastType', words('SINGLE BROADCAST')],
]);

export const unknownValue = defineRule({
  id: 'wedata/unknown-value',
  title: { en: 'Value is not allowed', zh: '取值不在允许范围内' },
  why: { en: 'The API refuses the value or falls back to a default that nobody chose.', zh: '接口会拒绝该值，或退回到默认值。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      taskExample({ schedule: { SelfDepend: 'sequential' } }),
      taskExample({ schedule: { RunPriorityType: 1 } }),
      taskExample({ schedule: { EventListenerList: [{ EventName: 'done', EventSubType: 'WEEK', EventBroadcastType: 'SINGLE' }] } }),
    ],
    accepted: [taskExample({ schedule: { SelfDepend: 'orderly', RunPriorityType: 4 } })],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration and EventListener: values of the enumerations',
  *check(scene) {
    for (const unit of scene.units.filter(({ kind }) => kind !== 'legacy-task')) {
      for (const [name, values] of VALUES) {
        const place = present(unit, name);
        const text = textAt(place)?.trim();
        if (!place || text === undefined || values.includes(text) || text.includes('${')) continue;
        yield about(scene, unit, place, name, {
          message: {
            en: `${name} of ${unit.name} is ${text}; allowed: ${values.join(', ')}`,
            zh: `${unit.name} 的 ${name} 为 ${text}，允许：${values.join('、')}`,
          },
        });
      }
      for (const [index, listener] of items(unit, 'EventListenerList').entries()) {
        for (const [name, values] of LISTENER_VALUES) {
          const place = child(listener, name);
          const text = textAt(place);
          if (!place || isAbsent(place) || text === undefined || values.includes(text)) continue;
          yield about(scene, unit, place, `${textAt(child(listener, 'EventName')) ?? index}#${name}`, {
            message: {
              en: `${name} of a listener of ${unit.name} is ${text}; allowed: ${values.join(', ')}`,
              zh: `${unit.name} 的事件监听 ${name} 为 ${text}，允许：${values.join('、')}`,
            },
          });
        }
      }
    }
    for (const { unit, label, field } of schedulesOf(scene.units.filter(({ kind }) => kind === 'trigger-workflow'))) {
      const place = field('SchedulerStatus');
      const text = textAt(place);
      if (!place || text === undefined || ['ACTIVE', 'PAUSED'].includes(text)) continue;
      yield about(scene, unit, place, `${label}SchedulerStatus`, {
        message: {
          en: `SchedulerStatus of ${unit.name} is ${text}; allowed: ACTIVE, PAUSED`,
          zh: `${unit.name} 的 SchedulerStatus 为 ${text}，允许：ACTIVE、PAUSED`,
        },
      });
    }
  },
});
