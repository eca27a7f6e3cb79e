/** A task waits for a task that is not in the package. */
import { z } from 'zod';
import { jsonExample, createTask } from '../example';
import { child, textAt } from '../document/place';
import { items } from '../model/unit';
import { about, defineRule } from '../rule';

const task = (id: string, upstream: string) =>
  createTask({ base: { TaskId: id, TaskName: `task_${id}` }, schedule: { UpstreamDependencyConfigList: [{ TaskId: upstream, MainCyclicConfig: 'DAY' }] } });

export const foreignUpstream = defineRule({
  id: 'wedata/foreign-upstream',
  title: { en: 'Upstream is not in the package', zh: '上游任务不在包中' },
  why: {
    en: 'It must be submitted where the package is deployed, or the task cannot be submitted either.',
    zh: '该上游必须已在目标环境提交，否则本任务无法提交。',
  },
  severity: 'info',
  enabledByDefault: true,
  options: z.strictObject({
    /** Ids of tasks that are known to be there. */
    external: z.array(z.string().max(64)).max(10_000).default([]),
  }),
  examples: {
    flagged: [jsonExample([task('1', '9'), task('2', '1')])],
    accepted: [jsonExample([task('2', '1'), createTask({ base: { TaskId: '1', TaskName: 'first' } })])],
  },
  source: 'WeData API 2021-08-20, SubmitPreCheckDetailList: parents that are not submitted',
  *check(scene, { external }) {
    const { graph } = scene.package;
    const known = new Set(external);
    for (const unit of scene.units.filter(({ verified }) => verified)) {
      for (const dependency of items(unit, 'UpstreamDependencyConfigList')) {
        const place = child(dependency, 'TaskId');
        const id = textAt(place);
        if (!place || id === undefined || graph.has(id) || known.has(id)) continue;
        yield about(scene, unit, place, id, {
          message: { en: `${unit.name} waits for ${id}, which is not in this package`, zh: `${unit.name} 依赖的任务 ${id} 不在包中` },
        });
      }
    }
  },
});
