/** A task that runs waits for one that is switched off. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { bookOf } from '../sketch';

const header = ['任务名称', '任务类型', '命令', '上游任务', '工作流名称', '负责人', '是否启用'];

export const disabledUpstream = defineRule({
  id: 'excel/disabled-upstream',
  title: { en: 'Upstream task is switched off', zh: '上游任务已停用' },
  why: { en: 'A task whose upstream never runs waits forever, without an alarm.', zh: '上游永不运行时，下游会一直等待且没有告警。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: bookOf('任务', header, ['load', 'SHELL', 'sh a.sh', null, 'daily', 'li', '否'], ['sum', 'SHELL', 'sh b.sh', 'load', 'daily', 'li', '是']) },
    ],
    accepted: [
      { source: bookOf('任务', header, ['load', 'SHELL', 'sh a.sh', null, 'daily', 'li', '是'], ['sum', 'SHELL', 'sh b.sh', 'load', 'daily', 'li', '否']) },
    ],
  },
  source: 'WeData: downstream instances wait for upstreams that are paused or offline (tencentcloud.com/zh/document/product/1174/65220)',
  *check({ upstreams }) {
    for (const { task, target, name, location } of upstreams) {
      if (!task?.enabled || !target || target.enabled) continue;
      yield {
        message: { en: `${task.name} waits for ${name}, which is switched off`, zh: `${task.name} 的上游 ${name} 已停用` },
        location,
        evidence: name,
        identity: `${task.identity}<-${name}`,
      };
    }
  },
});
