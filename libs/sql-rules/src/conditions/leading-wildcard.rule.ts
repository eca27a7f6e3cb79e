/** LIKE '%x': no index, no pruning. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { clauseNames, spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

export const leadingWildcard = defineRule({
  id: 'sql/leading-wildcard',
  title: { en: 'LIKE with a leading wildcard', zh: 'LIKE 以通配符开头' },
  why: {
    en: 'No index, partition or statistics can help: the whole table is read and every text compared.',
    zh: '无法使用索引、分区或统计信息，需要扫描全表并逐行比较。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: "SELECT id FROM t WHERE name LIKE '%son';\n" }],
    accepted: [
      { source: "SELECT id FROM t WHERE name LIKE 'son%';\n" },
      { source: "SELECT name LIKE '%son' AS is_son FROM t;\n", note: 'It selects nothing.' },
    ],
  },
  source: 'SonarSource RSPEC S1739; SOAR ARG.001; Bytebase STATEMENT_WHERE_NO_LEADING_WILDCARD_LIKE',
  visits: 'word',
  words: ['LIKE', 'ILIKE'],
  *check({ statement, at }, { complain }) {
    const pattern = statement.tokens[at + 1];
    if (pattern?.kind !== kinds.string || statement.text.charAt(pattern.start + 1) !== '%') return;
    if (!['WHERE', 'ON'].includes(clauseNames[statement.clauseCodes[at] ?? 0] ?? 'none')) return;
    yield complain({
      at: spanOf(statement, Math.max(0, at - 1), at + 2),
      message: { en: `${upperAt(statement, at)} with a leading wildcard reads everything`, zh: `${upperAt(statement, at)} 以通配符开头会全表扫描` },
    });
  },
});
