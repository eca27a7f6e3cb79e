/** A task that may run and wait forever. */
import { z } from 'zod';
import { integerAt } from '../document/place';
import { taskExample } from '../example';
import { field, isTask } from '../model/unit';
import { about, defineRule } from '../rule';

export const noTimeout = defineRule({
  id: 'wedata/no-timeout',
  title: { en: 'Task without a timeout', zh: '任务未设置超时' },
  why: { en: 'A job that hangs holds its slot and its downstream until somebody looks.', zh: '任务挂起后会一直占用资源并阻塞下游，直到有人发现。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ schedule: { ExecutionTTLMinute: '-1', WaitExecutionTotalTTLMinute: '-1' } })],
    accepted: [taskExample({ schedule: { ExecutionTTLMinute: 60, WaitExecutionTotalTTLMinute: -1 } })],
  },
  source: 'WeData: -1 means no timeout (tencentcloud.com/document/product/1174/65223)',
  *check(scene) {
    for (const unit of scene.units.filter(isTask)) {
      const place = field(unit, 'ExecutionTTLMinute', 'ExecutionTTL');
      const waiting = integerAt(field(unit, 'WaitExecutionTotalTTLMinute', 'WaitExecutionTotalTTL'));
      if (!place || integerAt(place) !== -1 || (waiting ?? -1) !== -1) continue;
      yield about(scene, unit, place, 'ExecutionTTLMinute', {
        message: { en: `${unit.name} has no timeout, neither for running nor for waiting`, zh: `${unit.name} 的运行和等待都没有设置超时` },
      });
    }
  },
});
