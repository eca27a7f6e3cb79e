/** A task without its name, its type or its workflow. */
import { z } from 'zod';
import { taskExample } from '../example';
import { present } from '../model/unit';
import { about, defineRule } from '../rule';

const REQUIRED = ['TaskName', 'TaskTypeId', 'WorkflowId'] as const;

export const missingTaskField = defineRule({
  id: 'wedata/missing-task-field',
  title: { en: 'Required field is missing', zh: '缺少必填字段' },
  why: { en: 'The API refuses the task.', zh: '接口会拒绝该任务。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ base: { TaskName: '' } }), taskExample({ base: { TaskTypeId: undefined } })],
    accepted: [taskExample({})],
  },
  source: 'WeData API 2025-08-06, CreateTask: TaskBaseAttribute.TaskName, TaskTypeId and WorkflowId are required',
  *check(scene) {
    for (const unit of scene.units) {
      const [base] = unit.parts;
      if (!base || (unit.kind !== 'task' && unit.kind !== 'trigger-task')) continue;
      for (const name of REQUIRED) {
        if (present(unit, name)) continue;
        yield about(scene, unit, base, name, {
          message: { en: `${unit.name === '' ? 'This task' : unit.name} has no ${name}`, zh: `${unit.name === '' ? '该任务' : unit.name} 缺少 ${name}` },
        });
      }
    }
  },
});
