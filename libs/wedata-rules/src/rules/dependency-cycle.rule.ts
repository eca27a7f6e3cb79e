/** Tasks of the package that wait for each other. */
import { z } from 'zod';
import { jsonExample, createTask } from '../example';
import { about, defineRule } from '../rule';

const task = (id: string, upstream: string) =>
  createTask({ base: { TaskId: id, TaskName: `task_${id}` }, schedule: { UpstreamDependencyConfigList: [{ TaskId: upstream, MainCyclicConfig: 'DAY' }] } });

export const dependencyCycle = defineRule({
  id: 'wedata/dependency-cycle',
  title: { en: 'Tasks wait for each other', zh: '任务循环依赖' },
  why: { en: 'None of them ever starts; WeData refuses to submit them.', zh: '任务永远不会启动，WeData 会拒绝提交。' },
  severity: 'blocker',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [jsonExample([task('1', '2'), task('2', '1')]), jsonExample(task('1', '1'), 'a task that waits for itself')],
    accepted: [jsonExample([task('2', '1'), task('3', '2')])],
  },
  source: 'WeData API 2021-08-20, EnableCheckTaskCycleLink: the server checks for loops on submit',
  *check(scene) {
    const { graph, rings } = scene.package;
    for (const ring of rings) {
      const [first = '', second = first] = ring;
      const node = graph.get(first);
      const place = node?.upstreams.find(({ id }) => id === second)?.place;
      // Each ring is told once, in the file of its first task.
      if (!node || !place || node.path !== scene.path) continue;
      const names = [...ring, first].map((id) => graph.get(id)?.unit.name ?? id);
      const path = names.length > 12 ? [...names.slice(0, 6), '…', ...names.slice(-5)].join(' -> ') : names.join(' -> ');
      yield about(scene, node.unit, place, [...ring].sort().join(' '), {
        message: { en: `These tasks wait for each other: ${path}`, zh: `任务循环依赖：${path}` },
      });
    }
  },
});
