/** A comma with nothing behind or before it: `SELECT a, FROM t`, `f(a,,b)`, `(, a)`. */
import { z } from 'zod';
import { spanOf, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

export const emptyListItem = defineRule({
  id: 'sql/empty-list-item',
  title: { en: 'Empty item in a list', zh: '列表中有空项' },
  why: {
    en: 'A comma that was left behind when a column was removed. The statement does not parse.',
    zh: '删除字段时遗留的逗号，语句无法解析。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: 'SELECT a, FROM t;\n' },
      { source: 'SELECT a,, b FROM t;\n' },
      { source: 'SELECT a FROM t WHERE a IN (1, 2,);\n' },
      { source: 'SELECT a FROM t GROUP BY a, HAVING COUNT(*) > 1;\n' },
    ],
    accepted: [{ source: "SELECT a, ',', f(b, c) FROM t;\n" }, { source: 'SELECT a, ${columns}\nFROM t;\n' }],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'statement',
  *check(statement, { complain, dialect }) {
    if (statement.directed || statement.verb === '') return;
    const at = emptyItem(statement, dialect === 'clickhouse');
    if (at === undefined) return;
    yield complain({
      at: spanOf(statement, at, at + 1),
      message: { en: 'Nothing stands beside this comma', zh: '此逗号旁缺少内容' },
      fix: { en: 'Remove the comma, or name the missing item', zh: '删除多余的逗号，或补全缺少的项' },
    });
  },
});

/** The index of the first comma that lacks an item. ClickHouse permits one at the end of a list. */
function emptyItem(statement: Statement, trailingAllowed: boolean): number | undefined {
  const { tokens, blocks } = statement;
  for (let at = 0; at < tokens.length; at++) {
    if (upperAt(statement, at) !== ',') continue;
    const [before, behind] = [upperAt(statement, at - 1), upperAt(statement, at + 1)];
    if (before === '(' || behind === ',' || (behind === ')' && !trailingAllowed)) return at;
  }
  if (trailingAllowed) return undefined;
  const lists = blocks.flatMap(({ clauses }) => clauses.filter(({ name }) => name === 'SELECT' || name === 'GROUP BY' || name === 'ORDER BY'));
  const list = lists.find(({ from, to }) => to > from && upperAt(statement, to - 1) === ',');
  return list && list.to - 1;
}
