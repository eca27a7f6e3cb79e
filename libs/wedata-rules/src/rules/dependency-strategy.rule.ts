/** A strategy for missing upstream instances that lacks its other half. */
import { z } from 'zod';
import { child, integerAt, isAbsent, itemsOf, textAt } from '../document/place';
import { taskExample } from '../example';
import { items } from '../model/unit';
import { about, defineRule } from '../rule';

const strategy = (DependencyStrategy: object) =>
  taskExample({ schedule: { UpstreamDependencyConfigList: [{ TaskId: '20250908225847483', MainCyclicConfig: 'DAY', DependencyStrategy }] } });

export const dependencyStrategy = defineRule({
  id: 'wedata/dependency-strategy',
  title: { en: 'Dependency strategy is incomplete', zh: '依赖策略不完整' },
  why: { en: 'The task does not go on when its upstream is late, although somebody meant it to.', zh: '上游延迟时任务不会按预期继续执行。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      strategy({ PollingNullStrategy: 'EXECUTING', TaskDependencyExecutingStrategies: ['PARENT_TIMEOUT'] }),
      strategy({ PollingNullStrategy: 'WAITING', TaskDependencyExecutingStrategies: ['NOT_EXIST'] }),
    ],
    accepted: [
      strategy({ PollingNullStrategy: 'EXECUTING', TaskDependencyExecutingStrategies: ['PARENT_TIMEOUT'], TaskDependencyExecutingTimeoutValue: 30 }),
      strategy({ PollingNullStrategy: 'WAITING', TaskDependencyExecutingStrategies: null }),
    ],
  },
  source: 'WeData API 2025-08-06, DependencyStrategyTask',
  *check(scene) {
    for (const unit of scene.units.filter(({ verified }) => verified)) {
      for (const [index, dependency] of items(unit, 'UpstreamDependencyConfigList').entries()) {
        const chosen = child(dependency, 'DependencyStrategy');
        const list = child(chosen, 'TaskDependencyExecutingStrategies');
        const strategies = list ? itemsOf(list).map(textAt) : [];
        if (!chosen || !list || strategies.length === 0) continue;
        const on = textAt(child(dependency, 'TaskId')) ?? String(index);
        const timeout = child(chosen, 'TaskDependencyExecutingTimeoutValue');
        if (textAt(child(chosen, 'PollingNullStrategy')) === 'WAITING') {
          yield about(scene, unit, list, on, {
            severity: 'warning',
            message: {
              en: `${unit.name} waits for ${on} in any case: the strategies have no effect`,
              zh: `${unit.name} 对 ${on} 的策略为等待，执行策略不会生效`,
            },
          });
        } else if (strategies.includes('PARENT_TIMEOUT') && (isAbsent(timeout) || (integerAt(timeout) ?? 0) <= 0)) {
          yield about(scene, unit, list, on, {
            message: {
              en: `${unit.name} goes on when ${on} is late, but does not say after how many minutes`,
              zh: `${unit.name} 在 ${on} 超时后执行，但未设置超时分钟数`,
            },
          });
        }
      }
    }
  },
});
