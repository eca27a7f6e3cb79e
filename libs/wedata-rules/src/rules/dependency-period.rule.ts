/** An upstream whose period settings contradict each other. */
import { z } from 'zod';
import { child, isAbsent, textAt } from '../document/place';
import { taskExample } from '../example';
import { items } from '../model/unit';
import { about, defineRule } from '../rule';

const MAIN = new Set('CRONTAB DAY HOUR LIST_DAY LIST_HOUR LIST_MINUTE MINUTE MONTH RANGE_DAY RANGE_HOUR RANGE_MINUTE WEEK YEAR'.split(' '));
const SUBORDINATE = new Set(
  'ALL_DAY_OF_YEAR ALL_MONTH_OF_YEAR CURRENT CURRENT_DAY CURRENT_HOUR CURRENT_MINUTE CURRENT_MONTH CURRENT_WEEK CURRENT_YEAR PREVIOUS_BEGIN_OF_MONTH PREVIOUS_DAY PREVIOUS_DAY_LATER_OFFSET_HOUR PREVIOUS_DAY_LATER_OFFSET_MINUTE PREVIOUS_END_OF_MONTH PREVIOUS_FRIDAY PREVIOUS_HOUR PREVIOUS_HOUR_CYCLE PREVIOUS_HOUR_LATER_OFFSET_MINUTE PREVIOUS_MINUTE_CYCLE PREVIOUS_MONTH PREVIOUS_WEEK PREVIOUS_WEEKEND RECENT_DATE'.split(
    ' ',
  ),
);

const upstream = (fields: object) => taskExample({ schedule: { UpstreamDependencyConfigList: [{ TaskId: '20250908225847483', ...fields }] } });

export const dependencyPeriod = defineRule({
  id: 'wedata/dependency-period',
  title: { en: 'Upstream period is not valid', zh: '上游依赖周期配置错误' },
  why: { en: 'The task waits for the wrong instances of its upstream, or for none.', zh: '任务会等待错误的上游实例，或不等待任何实例。' },
  severity: 'error',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [
      upstream({ MainCyclicConfig: 'DAILY', SubordinateCyclicConfig: 'CURRENT_DAY' }),
      upstream({ MainCyclicConfig: 'RANGE_DAY' }),
      upstream({ MainCyclicConfig: 'RANGE_DAY', Offset: 'yesterday' }),
    ],
    accepted: [
      upstream({ MainCyclicConfig: 'DAY', SubordinateCyclicConfig: 'CURRENT_DAY', Offset: null }),
      upstream({ MainCyclicConfig: 'RANGE_DAY', Offset: '-1,0' }),
    ],
  },
  source: 'WeData API 2025-08-06, DependencyTaskBrief: MainCyclicConfig, SubordinateCyclicConfig, Offset',
  *check(scene) {
    for (const unit of scene.units.filter(({ verified, kind }) => verified && kind !== 'legacy-task')) {
      for (const [index, dependency] of items(unit, 'UpstreamDependencyConfigList').entries()) {
        const on = textAt(child(dependency, 'TaskId')) ?? String(index);
        const [main, subordinate, offset] = [child(dependency, 'MainCyclicConfig'), child(dependency, 'SubordinateCyclicConfig'), child(dependency, 'Offset')];
        const mainText = textAt(main) ?? '';
        for (const [place, known] of [
          [main, MAIN],
          [subordinate, SUBORDINATE],
        ] as const) {
          const text = textAt(place);
          if (!place || text === undefined || isAbsent(place) || known.has(text)) continue;
          yield about(scene, unit, place, `${on}#${place === main ? 'main' : 'subordinate'}`, {
            message: { en: `${text} is no period that ${unit.name} could wait for`, zh: `${unit.name} 的上游依赖周期 ${text} 无法识别` },
          });
        }
        if (!main || !/^(?:RANGE|LIST)_/.test(mainText)) continue;
        const text = isAbsent(offset) ? '' : (textAt(offset) ?? '');
        if (/^[+-]?\d{1,6}(?:\s*[,~]\s*[+-]?\d{1,6})*$/.test(text)) continue;
        yield about(scene, unit, offset ?? main, `${on}#offset`, {
          message: {
            en: `${unit.name} waits for ${mainText} of ${on}, but Offset is ${text === '' ? 'missing' : text}; it should read like -1,0`,
            zh: `${unit.name} 对 ${on} 使用 ${mainText}，但 Offset ${text === '' ? '缺失' : `为 ${text}`}，应形如 -1,0`,
          },
        });
      }
    }
  },
});
