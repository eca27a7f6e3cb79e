/** A task type that no scheduler is known to have. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';
import { isKnownTaskType } from '../template/task-types';

export const unknownTaskType = defineRule({
  id: 'excel/unknown-task-type',
  title: { en: 'Unknown task type', zh: '未知的任务类型' },
  why: {
    en: 'A misspelt type is refused at import, or the task becomes a shell task that cannot run its SQL.',
    zh: '类型写错会导致导入失败，或任务按错误的类型运行。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({
    /** Types of this house, in any case. */
    further: z.array(z.string().max(64)).max(200).default([]),
  }),
  examples: {
    flagged: [{ source: taskBook({ 任务类型: 'SHEL' }) }],
    accepted: [
      { source: taskBook({ 任务类型: 'Shell' }) },
      { source: taskBook({ 任务类型: 'hive sql' }) },
      { source: taskBook({ 任务类型: 35 }), note: 'a WeData id' },
    ],
  },
  source: 'Task types of DolphinScheduler, Azkaban, AutoSys and WeData (CreateTask, TaskTypeId, API 2025-08-06)',
  *check({ tasks }, { further }) {
    const allowed = new Set(further.map((type) => type.trim().toLowerCase()));
    for (const task of tasks) {
      const text = task.text('type');
      if (text === '' || isKnownTaskType(text) || allowed.has(text.toLowerCase())) continue;
      yield {
        message: { en: `${text} is no known type of task (${task.name})`, zh: `${task.name} 的任务类型“${text}”无法识别` },
        location: task.at('type'),
        evidence: text,
        identity: task.identity,
      };
    }
  },
});
