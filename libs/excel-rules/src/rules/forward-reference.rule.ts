/** In a template that is read from top to bottom, a task stands above one that it waits for. */
import { z } from 'zod';
import { defineRule } from '../rule';
import { bookOf } from '../sketch';

const header = ['project_name', 'flow_name', 'flow_desc', 'flow_configs', 'job_name', 'job_comment', 'type', 'command', 'dependOn'];

export const forwardReference = defineRule({
  id: 'excel/forward-reference',
  title: { en: 'Task stands above its upstream', zh: '任务位于其上游之前' },
  why: { en: 'This importer reads from top to bottom and does not find the upstream task yet.', zh: '该导入工具自上而下读取，此时尚未读到上游任务。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      {
        source: bookOf(
          'mart',
          header,
          ['mart', 'daily', null, null, 'sum', null, 'command', 'sh b.sh', 'load'],
          ['mart', 'daily', null, null, 'load', null, 'command', 'sh a.sh', null],
        ),
      },
    ],
    accepted: [
      {
        source: bookOf(
          'mart',
          header,
          ['mart', 'daily', null, null, 'load', null, 'command', 'sh a.sh', null],
          ['mart', 'daily', null, null, 'sum', null, 'command', 'sh b.sh', 'load'],
        ),
      },
    ],
  },
  source: 'Azkaban helper: a job that others depend on must stand above them (github.com/JingZhang-Cherish/azkaban_helper, README-zh.md)',
  *check({ upstreams, recognised }) {
    if (!recognised.template.ordered) return;
    for (const { task, target, location, name } of upstreams) {
      if (!task || !target || target.table.sheet !== task.table.sheet || target.row <= task.row) continue;
      const { cell } = target.at('name');
      yield {
        message: { en: `${task.name} stands above ${name} (${cell}), for which it waits`, zh: `${task.name} 位于其上游 ${name}（${cell}）之前` },
        location,
        evidence: name,
        identity: `${task.identity}<-${name}`,
      };
    }
  },
});
