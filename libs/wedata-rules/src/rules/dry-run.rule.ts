/** A task that is scheduled to do nothing. */
import { z } from 'zod';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { isTask, present } from '../model/unit';
import { about, defineRule } from '../rule';

export const dryRun = defineRule({
  id: 'wedata/dry-run',
  title: { en: 'Task runs dry', zh: '任务为空跑' },
  why: { en: 'Every instance succeeds without doing anything, and its downstream believes it.', zh: '每个实例都会空跑成功，下游误以为数据已就绪。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: { flagged: [taskExample({ schedule: { ScheduleType: 1 } })], accepted: [taskExample({ schedule: { ScheduleType: '0' } })] },
  source: 'WeData API 2025-08-06, TaskSchedulerConfiguration.ScheduleType: 1 is a dry run',
  *check(scene) {
    for (const unit of scene.units.filter(isTask)) {
      const place = present(unit, 'ScheduleType', 'ScheduleRunType');
      if (!place || !unit.verified || textAt(place) !== '1') continue;
      yield about(scene, unit, place, 'ScheduleType', {
        message: { en: `${unit.name} runs dry: it succeeds without doing anything`, zh: `${unit.name} 配置为空跑` },
      });
    }
  },
});
