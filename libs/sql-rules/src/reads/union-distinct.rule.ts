/** UNION that removes duplicates without saying so. */
import { z } from 'zod';
import { spanOf, upperAt } from '../parsing/statement';
import { defineRule } from '../rule';

export const unionDistinct = defineRule({
  id: 'sql/union-distinct',
  title: { en: 'UNION without ALL or DISTINCT', zh: 'UNION 未注明 ALL 或 DISTINCT' },
  why: {
    en: 'It sorts and compares every row to remove duplicates. Mostly UNION ALL was meant; where not, UNION DISTINCT says so.',
    zh: '会对全部数据排序去重。多数情况应使用 UNION ALL；确需去重时请写明 UNION DISTINCT。',
  },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT id FROM a UNION SELECT id FROM b;\n' }],
    accepted: [{ source: 'SELECT id FROM a UNION ALL SELECT id FROM b;\n' }, { source: 'SELECT id FROM a UNION DISTINCT SELECT id FROM b;\n' }],
  },
  source: 'sqlfluff AM02; SonarSource RSPEC S4950; SOAR SUB.002',
  visits: 'word',
  words: ['UNION'],
  *check({ statement, at }, { complain, dialect }) {
    // Oracle has no UNION DISTINCT to say it with.
    if (dialect === 'oracle' || !['SELECT', '('].includes(upperAt(statement, at + 1))) return;
    yield complain({
      at: spanOf(statement, at, at + 1),
      message: { en: 'This UNION removes duplicates', zh: '该 UNION 会去重' },
      fix: { en: 'Write UNION ALL, or UNION DISTINCT', zh: '改为 UNION ALL 或 UNION DISTINCT' },
    });
  },
});
