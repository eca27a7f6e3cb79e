/** A field that has a newer name. */
import { z } from 'zod';
import { isAbsent, textAt } from '../document/place';
import { taskExample } from '../example';
import { field } from '../model/unit';
import { about, defineRule } from '../rule';

const NEWER: ReadonlyMap<string, string> = new Map([
  ['ScheduleRunType', 'ScheduleType'],
  ['RunPriority', 'RunPriorityType'],
  ['RetryWait', 'RetryWaitMinute'],
  ['MaxRetryAttempts', 'MaxRetryNumber'],
  ['ExecutionTTL', 'ExecutionTTLMinute'],
  ['WaitExecutionTotalTTL', 'WaitExecutionTotalTTLMinute'],
]);

export const deprecatedField = defineRule({
  id: 'wedata/deprecated-field',
  title: { en: 'Deprecated field', zh: '已弃用的字段' },
  why: {
    en: 'Both names are still read; when they disagree, it is not said which one counts.',
    zh: '新旧字段目前都会被读取；二者不一致时以哪个为准没有说明。',
  },
  severity: 'info',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { MaxRetryAttempts: '4' } }), taskExample({ schedule: { ExecutionTTL: '30' } }, 'the newer field says 60')],
    accepted: [taskExample({})],
  },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration: fields marked as deprecated',
  *check(scene) {
    for (const unit of scene.units.filter(({ kind, verified }) => verified && (kind === 'task' || kind === 'trigger-task'))) {
      for (const [old, newer] of NEWER) {
        const place = field(unit, old);
        if (!place || isAbsent(place)) continue;
        const [value, other] = [textAt(place), textAt(field(unit, newer))];
        const differs = other !== undefined && other !== value;
        yield about(scene, unit, place, old, {
          ...(differs && { severity: 'error' as const }),
          message: differs
            ? {
                en: `${old} (${value ?? ''}) and ${newer} (${other}) of ${unit.name} disagree`,
                zh: `${unit.name} 的 ${old}（${value ?? ''}）与 ${newer}（${other}）不一致`,
              }
            : { en: `${old} of ${unit.name} is now called ${newer}`, zh: `${unit.name} 的 ${old} 已更名为 ${newer}` },
        });
      }
    }
  },
});
