/** A task that nobody answers for. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const missingOwner = defineRule({
  id: 'excel/missing-owner',
  title: { en: 'Task without an owner', zh: '任务缺少负责人' },
  why: { en: 'When the task fails at night, nobody is called.', zh: '任务夜间失败时无人处理。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({
    /** Names that stand for nobody. */
    nobody: z.array(z.string().max(64)).max(100).default(['admin', 'test', 'xxx', 'tbd', 'n/a', '-', '待定', '无', '测试']),
  }),
  examples: {
    flagged: [{ source: taskBook({ 负责人: null }) }, { source: taskBook({ 负责人: '待定' }) }],
    accepted: [{ source: taskBook({ 负责人: 'zhang.san' }) }],
  },
  source:
    'Alibaba Cloud DataWorks requires an owner for each node and sends its alarms there (help.aliyun.com/en/dataworks/user-guide/operation-check-process-control)',
  *check({ tasks }, { nobody }) {
    const nobodies = new Set(nobody.map((name) => name.toLowerCase()));
    for (const task of tasks) {
      if (!task.has('owner')) continue;
      const owner = task.text('owner');
      if (owner !== '' && !nobodies.has(owner.toLowerCase())) continue;
      yield {
        message:
          owner === ''
            ? { en: `${task.name} has no owner`, zh: `${task.name} 没有负责人` }
            : { en: `${owner} is nobody who can be called for ${task.name}`, zh: `${task.name} 的负责人“${owner}”不是具体的人` },
        location: task.at('owner'),
        ...(owner !== '' && { evidence: owner }),
        identity: task.identity,
      };
    }
  },
});
