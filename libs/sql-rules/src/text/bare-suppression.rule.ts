/** A suppression that names no rule or gives no reason, and so has no effect. */
import { readSuppression } from '@tributary/findings';
import { z } from 'zod';
import { defineRule } from '../rule';

export const bareSuppression = defineRule({
  id: 'sql/bare-suppression',
  title: { en: 'Suppression without a reason', zh: '忽略规则时未说明原因' },
  why: { en: 'A rule is overruled for a reason, or not at all: the next reader has to be able to judge it.', zh: '忽略规则必须说明原因，便于后来者判断。' },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: '-- tributary:ignore sql/select-star\nSELECT * FROM t;\n' }, { source: '-- tributary:ignore\nSELECT 1;\n' }],
    accepted: [{ source: '-- tributary:ignore sql/select-star the archive copies all columns\nSELECT * FROM t;\n' }],
  },
  source: 'ESLint --report-unused-disable-directives; Biome suppressions',
  visits: 'comment',
  *check({ text, start, end }, { complain }) {
    const read = readSuppression(text.slice(start, Math.min(end, start + 2_000)));
    if (!read || (read.ruleIds.length > 0 && read.reason !== '')) return;
    yield complain({
      at: { start, end },
      message: { en: 'This has no effect: it lacks a rule or a reason', zh: '该注释不生效：缺少规则或原因' },
      fix: { en: 'Write: tributary:ignore RULE reason', zh: '写法：tributary:ignore 规则 原因' },
    });
  },
});
