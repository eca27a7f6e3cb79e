/** A task reads a parameter of a task that it does not wait for. */
import { z } from 'zod';
import { child, isAbsent, textAt } from '../document/place';
import { taskExample } from '../example';
import { items, pairs } from '../model/unit';
import { about, defineRule } from '../rule';

const input = { ParamKey: 'rows', ParamDesc: 'MART.count.rows', FromTaskId: '20241204111252781', FromParamKey: 'rows' };

export const inputWithoutUpstream = defineRule({
  id: 'wedata/input-without-upstream',
  title: { en: 'Input from a task that is no upstream', zh: '引用了非上游任务的参数' },
  why: { en: 'The value is empty or of yesterday when the task runs.', zh: '任务运行时该参数为空或为旧值。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { ParamTaskInList: [input] } })],
    accepted: [
      taskExample({ schedule: { ParamTaskInList: [input], UpstreamDependencyConfigList: [{ TaskId: '20241204111252781', MainCyclicConfig: 'DAY' }] } }),
      taskExample({ schedule: { ParamTaskInList: [{ ...input, Type: 'CONSTANT' }] } }),
    ],
  },
  source: 'WeData API 2025-08-06, InTaskParameter: FromTaskId, FromParamKey',
  *check(scene) {
    const { graph } = scene.package;
    for (const unit of scene.units.filter(({ verified }) => verified)) {
      const upstreams = new Set(items(unit, 'UpstreamDependencyConfigList').map((dependency) => textAt(child(dependency, 'TaskId'))));
      for (const [index, parameter] of items(unit, 'ParamTaskInList').entries()) {
        const from = child(parameter, 'FromTaskId');
        const id = textAt(from);
        if (!from || id === undefined || isAbsent(from) || textAt(child(parameter, 'Type')) === 'CONSTANT') continue;
        const key = textAt(child(parameter, 'ParamKey')) ?? String(index);
        if (!upstreams.has(id)) {
          yield about(scene, unit, from, key, {
            message: {
              en: `${key} of ${unit.name} comes from ${id}, for which it does not wait`,
              zh: `${unit.name} 的参数 ${key} 来自任务 ${id}，但未依赖该任务`,
            },
          });
          continue;
        }
        const source = graph.get(id);
        const wanted = child(parameter, 'FromParamKey');
        const outputs = source ? pairs(source.unit, 'ParamTaskOutList').map((pair) => pair.key) : [];
        if (!source || !wanted || outputs.includes(textAt(wanted) ?? '')) continue;
        yield about(scene, unit, wanted, key, {
          message: {
            en: `${source.unit.name} has no output ${textAt(wanted) ?? ''} that ${unit.name} could read`,
            zh: `${source.unit.name} 没有输出参数 ${textAt(wanted) ?? ''}（${unit.name} 引用）`,
          },
        });
      }
    }
  },
});
