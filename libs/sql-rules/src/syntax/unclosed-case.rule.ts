/** A CASE without its END. */
import { z } from 'zod';
import { spanOf, topLevel, upperAt, type QueryBlock } from '../parsing/statement';
import { defineRule } from '../rule';

export const unclosedCase = defineRule({
  id: 'sql/unclosed-case',
  title: { en: 'CASE without END', zh: 'CASE 缺少 END' },
  why: { en: 'The expression has no end, so the statement does not parse.', zh: '表达式没有结束，语句无法解析。' },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT CASE WHEN a > 1 THEN 2 ELSE 3 AS b FROM t;\n' }],
    accepted: [{ source: 'SELECT CASE WHEN a > 1 THEN CASE b WHEN 1 THEN 2 END END AS c FROM t;\n' }, { source: 'SELECT t.case FROM t;\n' }],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'query',
  *check(block, { complain }) {
    // In a body of procedures CASE is also a statement, whose END stands behind a semicolon.
    if (block.statement.directed || !['SELECT', 'INSERT', 'CREATE'].includes(block.statement.verb)) return;
    const at = openCase(block);
    if (at === undefined) return;
    yield complain({ at: spanOf(block.statement, at, at + 1), message: { en: 'This CASE has no END', zh: '此 CASE 没有对应的 END' } });
  },
});

/** Behind these `case` is a name. */
const notInside = new Set([',', ')', '.', '=', 'AS']);

function openCase({ statement, clauses }: QueryBlock): number | undefined {
  for (const { from, to } of clauses) {
    const open: number[] = [];
    for (const at of topLevel(statement, from, to)) {
      const word = upperAt(statement, at);
      if (word === 'CASE' && upperAt(statement, at - 1) !== '.' && at + 1 < to && !notInside.has(upperAt(statement, at + 1))) open.push(at);
      if (word === 'END' && upperAt(statement, at - 1) !== '.') open.pop();
    }
    const [first] = open;
    if (first !== undefined) return first;
  }
  return undefined;
}
