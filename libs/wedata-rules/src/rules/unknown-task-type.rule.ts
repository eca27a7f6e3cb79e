/** A task type that WeData does not have. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { retiredTaskTypes, taskTypes, triggerTaskTypes } from '../model/task-types';
import { isTask, present } from '../model/unit';
import { about, defineRule } from '../rule';

export const unknownTaskType = defineRule({
  id: 'wedata/unknown-task-type',
  title: { en: 'Unknown task type', zh: '未知的任务类型' },
  why: { en: 'The task cannot be created, or runs on the wrong engine.', zh: '任务无法创建，或在错误的引擎上运行。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Types that the platform has got since. */
    further: z.array(z.int().min(0)).max(200).default([]),
  }),
  examples: {
    flagged: [taskExample({ base: { TaskTypeId: '99999' } }), taskExample({ base: { TaskTypeId: 22 } }, 'retired')],
    accepted: [taskExample({ base: { TaskTypeId: 35 } }), taskExample({ base: { TaskTypeId: '35' } })],
  },
  source: 'WeData API 2025-08-06, CreateTask: values of TaskBaseAttribute.TaskTypeId',
  *check(scene, { further }) {
    for (const unit of scene.units) {
      const place = isTask(unit) && unit.verified && unit.kind !== 'legacy-task' ? present(unit, 'TaskTypeId') : undefined;
      const text = textAt(place)?.trim();
      if (!place || text === undefined) continue;
      const id = /^\d{1,9}$/.test(text) ? Number(text) : -1;
      if (further.includes(id)) continue;
      if (!taskTypes.has(id)) {
        const retired = retiredTaskTypes.has(id);
        yield about(scene, unit, place, 'TaskTypeId', {
          ...(retired && { severity: 'warning' as const }),
          message: retired
            ? { en: `${text} (${unit.name}) is a type of old projects that is no longer created`, zh: `${unit.name} 的任务类型 ${text} 已不再支持新建` }
            : { en: `${text} is no task type of WeData (${unit.name})`, zh: `${unit.name} 的任务类型 ${text} 不存在` },
        });
      } else if (unit.kind === 'trigger-task' && !triggerTaskTypes.has(id)) {
        yield about(scene, unit, place, 'TaskTypeId', {
          message: {
            en: `A workflow with a trigger cannot hold tasks of type ${text} (${unit.name})`,
            zh: `触发式工作流不支持任务类型 ${text}（${unit.name}）`,
          },
        });
      }
    }
  },
});
