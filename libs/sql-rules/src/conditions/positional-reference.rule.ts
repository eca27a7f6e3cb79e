/** GROUP BY 1, ORDER BY 2. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { spanOf, splitByComma, type Clause } from '../parsing/statement';
import { defineRule } from '../rule';

export const positionalReference = defineRule({
  id: 'sql/positional-reference',
  title: { en: 'Columns named by position', zh: '按位置引用字段' },
  why: { en: 'Whoever adds a column in front changes the grouping or the order without noticing.', zh: '在前面增加字段会悄悄改变分组或排序。' },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT a, COUNT(b) FROM t GROUP BY 1;\n' }],
    accepted: [{ source: 'SELECT a, COUNT(b) FROM t GROUP BY a ORDER BY a LIMIT 1;\n' }],
  },
  source: 'sqlfluff AM06; SonarSource RSPEC S1735; SOAR CLA.004',
  visits: 'query',
  *check({ clauses, statement }, { complain }) {
    const byPosition = ({ from, to }: Clause): boolean =>
      splitByComma(statement, from, to).some(([first]) => statement.tokens[first]?.kind === kinds.number && first < to);
    const found = clauses.find((clause) => (clause.name === 'GROUP BY' || clause.name === 'ORDER BY') && byPosition(clause));
    if (found)
      yield complain({
        at: spanOf(statement, found.keyword, found.to),
        message: { en: `${found.name} names columns by position`, zh: `${found.name} 按位置引用字段` },
      });
  },
});
