/** Two tasks of a workflow with one name. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { jsonExample, createTask } from '../example';
import { field, isTask, type Unit } from '../model/unit';
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
    const first = new Map<string, { readonly path: string; readonly unit: Unit }>();
    for (const { path, units } of scene.package.documents) {
      for (const unit of units) {
        const place = isTask(unit) && unit.verified ? field(unit, 'TaskName') : undefined;
        const name = textAt(place);
        if (!place || name === undefined || name === '') continue;
        const id = textAt(field(unit, 'TaskId'));
        const key = JSON.stringify([textAt(field(unit, 'ProjectId')), textAt(field(unit, 'WorkflowId')), name]);
        const known = first.get(key);
        if (!known) first.set(key, { path, unit });
        // The same task may be exported twice.
        else if (path === scene.path && (id === undefined || id !== textAt(field(known.unit, 'TaskId')))) {
          yield about(scene, unit, place, 'TaskName', {
            message: {
              en: `The workflow already has a task ${name}${known.path === path ? '' : ` (${known.path})`}`,
              zh: `工作流中已有任务 ${name}${known.path === path ? '' : `（${known.path}）`}`,
            },
          });
        }
      }
    }
  },
});
