/** A date in a condition that the scheduler should fill in. */
import { z } from 'zod';
import { clauseNames, spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

const date = /^['"](?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?:[ T]\d{2}:\d{2}(?::\d{2})?)?['"]$/;
/** Ends of time are no days that pass. */
const bound = /^['"](?:1970|1900|2099|2999|9999)/;
const signs = new Set(['=', '<', '>', '<=', '>=', '<>', '!=', '==', '(', ',', 'BETWEEN', 'AND', 'DATE', 'TIMESTAMP']);

export const hardcodedDate = defineRule({
  id: 'sql/hardcoded-date',
  title: { en: 'Hard-coded date', zh: '硬编码日期' },
  why: { en: 'A scheduled job that names a day computes the same day for ever.', zh: '周期任务中写死日期，每次都只计算同一天的数据。' },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: "SELECT id FROM dwd_orders WHERE dt = '2024-01-31';\n" },
      { source: "INSERT INTO t (id) SELECT id FROM dwd_orders WHERE dt >= '20240131';\n" },
    ],
    accepted: [
      { source: "SELECT id FROM dwd_orders WHERE dt = '${dt}' AND end_date = '9999-12-31';\n" },
      { source: "INSERT INTO holidays (day) VALUES ('2024-01-01');\n" },
    ],
  },
  source: 'SonarSource RSPEC S1583 (magic literals); Alibaba DataWorks conventions',
  visits: 'string',
  *check({ statement, at }, { complain }) {
    const token = statement.tokens[at];
    if (!token || token.end - token.start > 32) return;
    const literal = statement.text.slice(token.start, token.end);
    if (
      !['WHERE', 'ON'].includes(clauseNames[statement.clauseCodes[at] ?? 0] ?? '') ||
      !date.test(literal) ||
      bound.test(literal) ||
      !signs.has(upperAt(statement, at - 1))
    )
      return;
    yield complain({
      at: spanOf(statement, at, at + 1),
      message: { en: `${literal} is always the same day`, zh: `${literal} 是固定日期` },
      fix: { en: "Use the scheduler's variable", zh: '使用调度变量' },
    });
  },
});
