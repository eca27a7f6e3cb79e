/** NOT IN (SELECT ...) that one NULL empties. */
import { z } from 'zod';
import { spanOf, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

export const notInSubquery = defineRule({
  id: 'sql/not-in-subquery',
  title: { en: 'NOT IN with a subquery', zh: 'NOT IN 子查询' },
  why: {
    en: 'If the subquery returns a single NULL, the condition is never true and the result is empty, silently.',
    zh: '子查询只要返回一个 NULL，条件就永远不成立，结果为空且不报错。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT id FROM a WHERE id NOT IN (SELECT user_id FROM b);\n' }],
    accepted: [
      { source: 'SELECT id FROM a WHERE id NOT IN (SELECT user_id FROM b WHERE user_id IS NOT NULL);\n' },
      { source: 'SELECT id FROM a WHERE id NOT IN (1, 2) AND NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id);\n' },
    ],
  },
  source: 'SonarSource RSPEC S3641; SOAR ARG.004',
  visits: 'word',
  words: ['IN'],
  *check({ statement, at }, { complain }) {
    if (upperAt(statement, at - 1) !== 'NOT' || upperAt(statement, at + 1) !== '(' || upperAt(statement, at + 2) !== 'SELECT') return;
    const end = statement.pairs[at + 1] ?? -1;
    if (end < 0 || excludesNull(statement, at + 1, end)) return;
    yield complain({
      at: spanOf(statement, at - 1, end + 1),
      message: { en: 'One NULL in the subquery empties the result', zh: '子查询出现 NULL 时结果为空' },
      fix: { en: 'Use NOT EXISTS, or exclude NULL in the subquery', zh: '改用 NOT EXISTS，或在子查询中排除 NULL' },
    });
  },
});

function excludesNull(statement: Statement, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (upperAt(statement, at) === 'NOT' && upperAt(statement, at + 1) === 'NULL') return true;
    if (upperAt(statement, at) === 'COALESCE') return true;
  }
  return false;
}
