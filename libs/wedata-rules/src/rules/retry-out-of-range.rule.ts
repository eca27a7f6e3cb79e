/** More retries than the platform supports. */
import { z } from 'zod';
import { integerAt, textAt } from '../document/place';
import { taskExample } from '../example';
import { isTask, present } from '../model/unit';
import { about, defineRule } from '../rule';

export const retryOutOfRange = defineRule({
  id: 'wedata/retry-out-of-range',
  title: { en: 'Retry count out of range', zh: '重试次数超出范围' },
  why: { en: 'Up to five retries are supported; what is beyond is refused or cut.', zh: '最多支持五次重试，超出会被拒绝或截断。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({ attemptsMax: z.int().min(0).max(1000).default(5) }),
  examples: {
    flagged: [
      taskExample({ schedule: { MaxRetryNumber: 108 } }),
      taskExample({ schedule: { MaxRetryNumber: '-1' } }),
      taskExample({ schedule: { MaxRetryNumber: 'three' } }),
    ],
    accepted: [taskExample({ schedule: { MaxRetryNumber: '5' } }), taskExample({ schedule: { MaxRetryNumber: 0 } })],
  },
  source: 'WeData: "Up to 5 retries are supported" (tencentcloud.com/document/product/1174/65223)',
  *check(scene, { attemptsMax }) {
    for (const unit of scene.units.filter(isTask)) {
      const place = present(unit, 'MaxRetryNumber', 'MaxRetryAttempts');
      const text = textAt(place);
      if (!place || text === undefined || text.includes('${')) continue;
      const retries = integerAt(place);
      if (retries !== undefined && retries >= 0 && retries <= attemptsMax) continue;
      yield about(scene, unit, place, 'MaxRetryNumber', {
        message: {
          en: `${unit.name} has a retry count of ${text}; 0 to ${attemptsMax} are possible`,
          zh: `${unit.name} 的重试次数为 ${text}，允许 0 到 ${attemptsMax}`,
        },
      });
    }
  },
});
