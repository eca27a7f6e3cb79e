/** A clause keyword that nothing follows: `FROM WHERE`, `GROUP BY` at the end, `JOIN ON`. */
import { z } from 'zod';
import { clauseOf, spanOf, upperAt, type Clause, type QueryBlock } from '../parsing/statement';
import { defineRule } from '../rule';

const examined = new Set(['FROM', 'ON', 'WHERE', 'GROUP BY', 'HAVING', 'ORDER BY']);
const notATable = new Set(['', ')', 'ON', 'USING', 'WHERE', 'GROUP', 'ORDER', 'HAVING', 'JOIN', 'UNION', 'FROM', ',']);

export const emptyClause = defineRule({
  id: 'sql/empty-clause',
  title: { en: 'Clause without content', zh: '子句缺少内容' },
  why: {
    en: 'What belongs behind the keyword is missing: the statement does not parse, or a line was deleted by mistake.',
    zh: '关键字后缺少内容，语句无法解析，或误删了代码行。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: 'SELECT a FROM WHERE a = 1;\n' },
      { source: 'SELECT a FROM t WHERE GROUP BY a;\n' },
      { source: 'SELECT a FROM t GROUP BY;\n' },
      { source: 'SELECT a FROM t JOIN ON t.a = 1;\n' },
      { source: 'SELECT a FROM t ORDER;\n' },
    ],
    accepted: [
      { source: 'SELECT a FROM t WHERE ${filter} GROUP BY a ORDER BY a LIMIT 1;\n' },
      { source: 'SELECT TRIM(FROM a), EXTRACT(DAY FROM b), c IS DISTINCT FROM d FROM t;\n' },
    ],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'query',
  *check(block, { complain, dialect }) {
    const { statement, joins } = block;
    if (statement.directed) return;
    const empty = block.clauses.find((clause) => isEmpty(clause, block));
    if (empty) {
      yield complain({
        at: spanOf(statement, empty.keyword, empty.from),
        message: { en: `Nothing follows ${empty.name}`, zh: `${empty.name} 之后缺少内容` },
      });
      return;
    }
    const select = clauseOf(block, 'SELECT');
    // PostgreSQL alone knows queries without columns.
    if (select && select.to === select.from && clauseOf(block, 'FROM') && dialect !== 'postgres' && dialect !== 'generic') {
      yield complain({ at: spanOf(statement, block.select, block.select + 1), message: { en: 'SELECT names no columns', zh: 'SELECT 没有指定任何字段' } });
    }
    const join = joins.find(
      ({ at }) => notATable.has(upperAt(statement, at + 1)) && statement.tokens[at + 1]?.kind !== 7 && !isText(statement.tokens[at + 1]?.kind),
    );
    if (join) yield complain({ at: spanOf(statement, join.at, join.at + 1), message: { en: 'JOIN names no table', zh: 'JOIN 之后缺少表' } });
  },
});

function isEmpty({ name, from, to }: Clause, { end }: QueryBlock): boolean {
  return examined.has(name) && to === from && from <= end;
}

/** Names in quotes have no upper-case text. */
function isText(kind: number | undefined): boolean {
  return kind === 4 || kind === 5;
}
