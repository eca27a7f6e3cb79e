/** `= NULL`, `<> NULL`: never true. */
import { z } from 'zod';
import { clauseNames, spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

const signs = new Set(['=', '==', '<>', '!=']);
const conditions = new Set(['WHERE', 'ON', 'HAVING']);

export const nullComparison = defineRule({
  id: 'sql/null-comparison',
  title: { en: 'Comparison with NULL', zh: '使用 = 与 NULL 比较' },
  why: {
    en: 'The answer is neither true nor false but unknown, so the condition selects no row at all, silently.',
    zh: '比较结果既非真也非假，而是未知，条件永远不成立，且不会报错。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT id FROM t WHERE deleted_at = NULL;\n' }, { source: 'SELECT id FROM t WHERE (a = 1 AND b <> NULL);\n' }],
    accepted: [
      { source: 'SELECT id FROM t WHERE deleted_at IS NULL AND b IS NOT NULL;\n' },
      { source: 'UPDATE t SET a = NULL WHERE id = 1;\n', note: 'An assignment.' },
      { source: "SELECT id FROM t WHERE name = 'NULL' AND a <=> NULL;\n" },
    ],
  },
  source: 'sqlfluff CV05; SonarSource RSPEC S2527; Bytebase STATEMENT_WHERE_NO_EQUAL_NULL',
  visits: 'word',
  words: ['NULL'],
  *check({ statement, at }, { complain }) {
    const sign = upperAt(statement, at - 1);
    const clause = clauseNames[statement.clauseCodes[at] ?? 0] ?? 'none';
    if (!signs.has(sign) || !conditions.has(clause)) return;
    const meant = sign.startsWith('=') ? 'IS NULL' : 'IS NOT NULL';
    yield complain({
      at: spanOf(statement, Math.max(0, at - 2), at + 1),
      message: { en: `${sign} NULL is never true`, zh: `${sign} NULL 永远不成立` },
      fix: { en: `Write ${meant}`, zh: `改为 ${meant}` },
    });
  },
});
