/** Two tasks of a workflow with one name. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { jsonExample, createTask } from '../example';
import { nameKey } from '../model/package-view';
import { field } from '../model/unit';
import { about, defineRule } from '../rule';

export const duplicateTaskName = defineRule({
  id: 'wedata/duplicate-task-name',
  title: { en: 'Task name is taken', zh: '任务名称重复' },
  why: { en: 'The second one is refused (InvalidParameter.DuplicateName), or overwrites the first.', zh: '第二个任务会被拒绝（DuplicateName）或覆盖第一个。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [jsonExample([createTask(), createTask()])],
    accepted: [
      jsonExample([createTask(), createTask({ base: { TaskName: 'sum_daily_orders' } })]),
      jsonExample([createTask(), createTask({ base: { WorkflowId: 'another' } })]),
    ],
  },
  source: 'WeData API 2025-08-06, error code InvalidParameter.DuplicateName',
  *check(scene) {
    for (const unit of scene.units) {
      const known = scene.package.firstOfName.get(nameKey(unit) ?? '');
      const place = field(unit, 'TaskName');
      if (!known || !place || known.unit === unit) continue;
      const id = textAt(field(unit, 'TaskId'));
      // The same task may be exported twice.
      if (id !== undefined && id === textAt(field(known.unit, 'TaskId'))) continue;
      const where = known.path === scene.path ? undefined : known.path;
      yield about(scene, unit, place, 'TaskName', {
        message: {
          en: `The workflow already has a task ${unit.name}${where === undefined ? '' : ` (${where})`}`,
          zh: `工作流中已有任务 ${unit.name}${where === undefined ? '' : `（${where}）`}`,
        },
      });
    }
  },
});
