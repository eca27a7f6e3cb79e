/** A task or workflow that nobody answers for. */
import { z } from 'zod';
import { taskExample } from '../example';
import { field, isTask, present } from '../model/unit';
import { about, defineRule } from '../rule';

export const missingOwner = defineRule({
  id: 'wedata/missing-owner',
  title: { en: 'No owner', zh: '缺少负责人' },
  why: { en: 'Alarms go to whoever created it last, or to nobody.', zh: '告警会发给最后创建的人，或无人接收。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: { flagged: [taskExample({ base: { OwnerUin: '' } })], accepted: [taskExample({ base: { OwnerUin: '100028596846' } })] },
  source: 'WeData API 2025-08-06, TaskBaseAttribute.OwnerUin',
  *check(scene) {
    for (const unit of scene.units) {
      if (!unit.verified || present(unit, 'OwnerUin', 'Owner', 'OwnerId', 'InCharge')) continue;
      if (unit.kind === 'legacy-task' && !field(unit, 'Owner', 'InCharge')) continue;
      const place = field(unit, 'OwnerUin') ?? (isTask(unit) ? (unit.parts[0] ?? unit.place) : unit.place);
      yield about(scene, unit, place, 'OwnerUin', { evidence: unit.name, message: { en: `${unit.name} has no owner`, zh: `${unit.name} 没有负责人` } });
    }
  },
});
