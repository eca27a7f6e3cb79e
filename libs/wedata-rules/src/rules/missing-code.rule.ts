/** A task whose type runs code, but that has none. */
import { z } from 'zod';
import { taskExample } from '../example';
import { taskTypes } from '../model/task-types';
import { isTask, pairs, present, taskTypeOf } from '../model/unit';
import { about, defineRule } from '../rule';

/** Settings that name a file with the code. */
const FILES = new Set(['ftp.file.name', 'sql.file.name', 'shell.cmd']);

export const missingCode = defineRule({
  id: 'wedata/missing-code',
  title: { en: 'Task without code', zh: '任务没有代码' },
  why: { en: 'The task runs, does nothing and succeeds; downstream tasks read old data.', zh: '任务空跑成功，下游读取到旧数据。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ configuration: { CodeContent: '' } }), taskExample({ base: { TaskTypeId: 34 }, configuration: { CodeContent: undefined } })],
    accepted: [
      taskExample({}),
      taskExample(
        { configuration: { CodeContent: null, TaskExtConfigurationList: [{ ParamKey: 'ftp.file.name', ParamValue: '/datastudio/project/1/a.sh' }] } },
        'the code is a file',
      ),
    ],
  },
  source: 'WeData API 2025-08-06, examples of CreateTask: every SQL, shell and Python task carries CodeContent or a file',
  *check(scene) {
    for (const unit of scene.units) {
      if (!isTask(unit) || !unit.verified || unit.kind === 'legacy-task') continue;
      const type = taskTypes.get(taskTypeOf(unit) ?? -1);
      if (!type || type.code === 'none' || present(unit, 'CodeContent')) continue;
      if (pairs(unit, 'TaskExtConfigurationList').some(({ key }) => FILES.has(key))) continue;
      yield about(scene, unit, unit.parts[1] ?? unit.place, 'CodeContent', {
        message: { en: `${unit.name} is a ${type.name} task without code`, zh: `${unit.name} 是 ${type.name} 任务，但没有代码` },
      });
    }
  },
});
