/** A task whose last edit is not what runs. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { jsonExample, createTask } from '../example';
import { field, isTask } from '../model/unit';
import { about, defineRule } from '../rule';

const STATES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  F: { en: 'is offline', zh: '已下线' },
  O: { en: 'is paused', zh: '已暂停' },
  T: { en: 'is being taken offline', zh: '下线中' },
  INVALID: { en: 'is no longer valid', zh: '已失效' },
};

export const unsubmittedTask = defineRule({
  id: 'wedata/unsubmitted-task',
  title: { en: 'Task is not submitted', zh: '任务未提交' },
  why: {
    en: 'The scheduler runs the last submitted version: what was exported here is not what runs.',
    zh: '调度运行的是最近提交的版本，导出的内容并未生效。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [jsonExample(createTask({ base: { Submit: false } })), jsonExample(createTask({ base: { Status: 'F' } }))],
    accepted: [jsonExample(createTask({ base: { Submit: true, Status: 'Y' } })), jsonExample(createTask(), 'a request says nothing about it')],
  },
  source: 'WeData API 2025-08-06, GetTask: TaskBaseAttribute.Status, Submit',
  *check(scene) {
    for (const unit of scene.units.filter((one) => isTask(one) && one.verified)) {
      const [submit, status] = [field(unit, 'Submit'), field(unit, 'Status')];
      const state = STATES[textAt(status) ?? ''];
      if (submit && textAt(submit) === 'false')
        yield about(scene, unit, submit, 'Submit', { message: { en: `${unit.name} has edits that are not submitted`, zh: `${unit.name} 有未提交的修改` } });
      else if (status && state) yield about(scene, unit, status, 'Status', { message: { en: `${unit.name} ${state.en}`, zh: `${unit.name} ${state.zh}` } });
    }
  },
});
