/** A task that runs nothing: neither a script nor a command. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { runsCommand } from '../template/task-types';

export const missingCommand = defineRule({
  id: 'excel/missing-command',
  title: { en: 'Task has nothing to run', zh: '任务没有可执行内容' },
  why: { en: 'The import fails, or the task succeeds every night without doing anything.', zh: '导入失败，或任务每晚“成功”却什么都没做。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 命令: null }) }],
    accepted: [
      { source: taskBook({ 命令: 'sh load.sh' }) },
      { source: taskBook({ 任务类型: 'VIRTUAL', 命令: null }), note: 'a node that only ties others together' },
    ],
  },
  source: 'Azkaban helper: `command` is what a job of type command runs (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ tasks }) {
    for (const task of tasks) {
      if (!(task.has('command') || task.has('script')) || !runsCommand(task.text('type'))) continue;
      if (task.text('command') !== '' || task.text('script') !== '') continue;
      yield {
        message: { en: `${task.name} has neither a script nor a command`, zh: `${task.name} 既没有脚本也没有命令` },
        location: task.at(task.has('command') ? 'command' : 'script'),
        identity: task.identity,
      };
    }
  },
});
