/** A time parameter in the code that is not replaced. */
import { z } from 'zod';
import { decodeCode, withoutComments } from '../code/code';
import { textAt } from '../document/place';
import { taskExample } from '../example';
import { taskTypes } from '../model/task-types';
import { present, taskTypeOf } from '../model/unit';
import { about, defineRule } from '../rule';

/** Looks like a pattern of a date: only letters of dates, at least one year or two fields. */
const DATE_LIKE = /\$\{\s*((?:[yYmMdDhHsS]{2,}[-_/: .]?){1,6}(?:\s*[+-]\s*\d{1,4}\s*[A-Za-z]{0,4})?)\s*\}/g;
const KNOWN = /^(?:yyyy|yy|MM|dd|HH|mm|ss|[-_/: .])+(?:\s*[+-]\s*\d{1,4}\s*[yMwdHhm])?$/;
/** echo ${YYYYMMDD} */
const WRONG = 'ZWNobyAke1lZWVlNTUREfQ==';
/** echo ${yyyyMMdd-1d} */
const RIGHT = 'ZWNobyAke3l5eXlNTWRkLTFkfQ==';

export const unknownTimeParameter = defineRule({
  id: 'wedata/unknown-time-parameter',
  title: { en: 'Unknown time parameter', zh: '无法识别的时间参数' },
  why: {
    en: 'WeData replaces ${yyyyMMdd} and its offsets only; anything else reaches the engine as it stands, or becomes minutes instead of months.',
    zh: 'WeData 只替换 ${yyyyMMdd} 及其偏移写法，其他写法会原样传给引擎，或把月份当成分钟。',
  },
  severity: 'warning',
  enabledByDefault: true,
  options: z.strictObject({}),
  examples: {
    flagged: [taskExample({ configuration: { CodeContent: WRONG } }, 'echo ${YYYYMMDD}')],
    accepted: [taskExample({ configuration: { CodeContent: RIGHT } }, 'echo ${yyyyMMdd-1d}')],
  },
  source: 'WeData time parameters (cloud.tencent.com/document/product/1267/106261)',
  *check(scene) {
    for (const unit of scene.units) {
      const place = unit.verified ? present(unit, 'CodeContent') : undefined;
      const decoded = place && decodeCode(textAt(place) ?? '');
      const type = taskTypes.get(taskTypeOf(unit) ?? -1);
      if (!place || decoded?.kind !== 'code' || !type || type.code === 'none') continue;
      const code = withoutComments(decoded.text, type.code === 'sql' ? 'sql' : 'script');
      const wrong = [...new Set([...code.matchAll(DATE_LIKE)].map(([, pattern = '']) => pattern))].filter((pattern) => !KNOWN.test(pattern));
      for (const pattern of wrong) {
        yield about(scene, unit, place, pattern, {
          evidence: `\${${pattern}}`,
          message: {
            en: `\${${pattern}} in the code of ${unit.name} is no time parameter of WeData`,
            zh: `${unit.name} 代码中的 \${${pattern}} 不是 WeData 的时间参数`,
          },
          fix: { en: 'Write yyyy, MM, dd, HH, mm, ss and offsets like -1d.', zh: '请使用 yyyy、MM、dd、HH、mm、ss 以及 -1d 形式的偏移。' },
        });
      }
    }
  },
});
