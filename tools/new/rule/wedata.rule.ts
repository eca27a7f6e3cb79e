/** Tasks and workflows whose name says "__words__". */
import { z } from 'zod';
import { taskExample } from '../example';
import { present } from '../model/unit';
import { about, defineRule } from '../rule';

export const __camel__ = defineRule({
  id: 'wedata/__kebab__',
  title: { en: 'Name says "__words__"', zh: '名称中出现“__words__”' },
  why: { en: 'What a name leaves open is open in production, too.', zh: '名称中遗留的事项会一并带到生产环境。' },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({ words: z.string().min(1).max(100).default('__words__').describe('what must not be said') }),
  examples: {
    flagged: [taskExample({ base: { TaskName: 'load __words__' } })],
    accepted: [taskExample({ base: { TaskName: 'load_daily_orders' } })],
  },
  source: 'house rule',
  *check(scene, { words }) {
    for (const unit of scene.units) {
      if (!unit.name.toLowerCase().includes(words.toLowerCase())) continue;
      const place = present(unit, 'TaskName', 'WorkflowName', 'Name') ?? unit.place;
      yield about(scene, unit, place, 'name', {
        evidence: unit.name,
        message: { en: `The name of ${unit.name} says "${words}"`, zh: `${unit.name} 的名称中出现“${words}”` },
      });
    }
  },
});
