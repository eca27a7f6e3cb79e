/** Settings that switch the engine's own safety checks off. */
import { z } from 'zod';
import { spanOf } from '../parsing/statement';
import { defineRule } from '../rule';

const unsafe: readonly RegExp[] = [
  /^set\s{1,40}hive\.mapred\.mode\s{0,8}=\s{0,8}nonstrict\b/i,
  /^set\s{1,40}hive\.strict\.checks\.[\w.]{1,80}\s{0,8}=\s{0,8}false\b/i,
  /^set\s{1,40}spark\.sql\.crossjoin\.enabled\s{0,8}=\s{0,8}true\b/i,
  /^set\s{1,40}(?:session\s{1,8}|global\s{1,8})?sql_safe_updates\s{0,8}=\s{0,8}(?:0|off)\b/i,
];

export const unsafeSetting = defineRule({
  id: 'sql/unsafe-setting',
  title: { en: 'Safety check switched off', zh: '关闭安全检查参数' },
  why: {
    en: 'The check would have refused a cartesian product, a full scan or an unbounded write of this very script.',
    zh: '这些检查本可拦截本脚本中的笛卡尔积、全表扫描或无条件更新。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SET hive.mapred.mode=nonstrict;\n' }, { source: 'SET hive.strict.checks.cartesian.product = false;\n' }],
    accepted: [{ source: 'SET hive.exec.dynamic.partition.mode=nonstrict;\n' }, { source: 'SET hive.mapred.mode=strict;\n' }],
  },
  source: 'Hive hive.strict.checks.*',
  visits: 'statement',
  *check(statement, { complain }) {
    const said = statement.text.slice(statement.start, Math.min(statement.end, statement.start + 400));
    if (statement.verb !== 'SET' || !unsafe.some((pattern) => pattern.test(said))) return;
    yield complain({ at: spanOf(statement, 0, statement.tokens.length), message: { en: 'This switches a safety check off', zh: '该语句关闭了安全检查' } });
  },
});
