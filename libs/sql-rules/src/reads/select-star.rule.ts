/** SELECT * from a table. */
import { z } from 'zod';
import { clauseOf, spanOf, splitByComma, upperAt, type QueryBlock } from '../parsing/statement';
import { defineRule } from '../rule';

export const selectStar = defineRule({
  id: 'sql/select-star',
  title: { en: 'SELECT *', zh: '使用 SELECT *' },
  why: {
    en: 'It reads every column of a wide table, and a column that is added or moved upstream changes the result, or breaks the insert behind it.',
    zh: '会读取宽表的全部字段；上游增减字段时结果随之变化，下游写入可能失败。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT * FROM dim_user LIMIT 10;\n' }, { source: 'SELECT u.*, o.id FROM dim_user u JOIN dwd_orders o ON u.id = o.user_id;\n' }],
    accepted: [
      { source: 'SELECT COUNT(*) FROM dim_user;\n' },
      { source: 'SELECT * FROM (SELECT id, name FROM dim_user) t;\n', note: 'The columns are named inside.' },
      { source: 'SELECT id FROM a WHERE EXISTS (SELECT * FROM b WHERE b.id = a.id);\n' },
    ],
  },
  source: 'sqlfluff AM04; SonarSource RSPEC S1499; Bytebase STATEMENT_SELECT_NO_SELECT_ALL; SOAR COL.001',
  visits: 'query',
  *check(block, { complain }) {
    const { statement } = block;
    const select = clauseOf(block, 'SELECT');
    const from = clauseOf(block, 'FROM');
    if (!select || !from || upperAt(statement, block.open - 1) === 'EXISTS' || readsNamedColumns(block, from.from)) return;
    const star = splitByComma(statement, select.from, select.to).find(([, to]) => upperAt(statement, to - 1) === '*' && isStar(block, to - 1));
    if (!star) return;
    yield complain({
      at: spanOf(statement, star[0], star[1]),
      message: { en: 'The columns are not named', zh: '未列出所需字段' },
      fix: { en: 'Name the columns that are used', zh: '列出实际使用的字段' },
    });
  },
});

/** From a subquery, which has named them, and nothing else. */
function readsNamedColumns({ statement, joins }: QueryBlock, from: number): boolean {
  return upperAt(statement, from) === '(' && joins.length === 0;
}

/** Not the sign of a multiplication that goes on behind the item. */
function isStar({ statement, select }: QueryBlock, at: number): boolean {
  const before = upperAt(statement, at - 1);
  return before === '.' || before === ',' || at === select + 1 || ['DISTINCT', 'ALL'].includes(before);
}
