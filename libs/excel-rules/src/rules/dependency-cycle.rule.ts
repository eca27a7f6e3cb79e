/** Tasks that wait for each other in a ring. */
import { z } from 'zod';
import { dependencyRings } from '../book/cycles';
import { defineRule } from '../rule';
import { taskBook } from '../sketch';

export const dependencyCycle = defineRule({
  id: 'excel/dependency-cycle',
  title: { en: 'Tasks wait for each other', zh: '任务循环依赖' },
  why: { en: 'None of the tasks of a ring ever starts; schedulers refuse the whole workflow.', zh: '环中的任务永远不会启动，调度系统会拒绝整个工作流。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: taskBook({ 任务名称: 'ping', 上游任务: 'pong' }, { 任务名称: 'pong', 上游任务: 'ping' }) }],
    accepted: [{ source: taskBook({ 任务名称: 'a' }, { 任务名称: 'b', 上游任务: 'a' }, { 任务名称: 'c', 上游任务: 'a,b' }) }],
  },
  source: 'DataWorks reports node dependency loops before a commit (help.aliyun.com/en/dataworks/user-guide/configure-scheduling-dependencies/)',
  *check(book) {
    for (const ring of dependencyRings(book)) {
      const [first] = ring;
      if (!first) continue;
      const names = [...ring, first].map(({ name }) => name);
      const path = names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-5)].join(' -> ') : names.join(' -> ');
      const edge = book.upstreams.find(({ task, target }) => task === first && target === (ring[1] ?? first));
      yield {
        message: { en: `These tasks wait for each other: ${path}`, zh: `任务循环依赖：${path}` },
        location: edge?.location ?? first.at('upstream'),
        evidence: path,
        identity: ring
          .map(({ identity }) => identity)
          .sort()
          .join(' '),
      };
    }
  },
});
