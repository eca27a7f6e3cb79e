/** A task that no other task of its workflow is tied to. */
import { z } from 'zod';
import { type Task } from '../book/task';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const isolatedTask = defineRule({
  id: 'excel/isolated-task',
  title: { en: 'Isolated task', zh: '孤立任务' },
  why: { en: 'Often a dependency was forgotten, and the task runs before its data is there.', zh: '往往是漏配了依赖，任务会在数据就绪前运行。' },
  severity: 'info',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b', 上游任务: 'a' }, { 任务名称: 'c' }) }],
    accepted: [
      { source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b', 上游任务: 'a' }) },
      { source: taskBook({ 任务名称: 'a' }), note: 'alone in its workflow' },
    ],
  },
  source: 'DataWorks lists isolated nodes before a commit (help.aliyun.com/en/dataworks/user-guide/configure-scheduling-dependencies/)',
  *check({ tasks, upstreams }) {
    const tied = new Set<Task>();
    for (const { task, target } of upstreams) {
      if (task) tied.add(task);
      if (target) tied.add(target);
    }
    const place = ({ project, workflow }: Task): string => JSON.stringify([project, workflow]);
    const wired = new Set(tasks.filter((task) => tied.has(task)).map(place));
    for (const task of tasks) {
      if (tied.has(task) || !wired.has(place(task))) continue;
      yield {
        message: { en: `${task.name} is tied to no other task of ${task.workflow}`, zh: `${task.name} 与 ${task.workflow} 中的其他任务没有依赖关系` },
        location: task.at('name'),
        evidence: task.name,
        identity: task.identity,
      };
    }
  },
});
