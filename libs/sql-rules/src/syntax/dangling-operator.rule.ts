/** A condition that ends with AND, OR or a comparison. */
import { z } from 'zod';
import { spanOf, upperAt, type Clause } from '../parsing/statement';
import { defineRule } from '../rule';

const conditions = new Set(['WHERE', 'ON', 'HAVING']);
const wantsMore = new Set(['AND', 'OR', '=', '<>', '!=', '<=', '>=', 'BETWEEN', 'LIKE', '||']);
/** These begin a condition with a missing left side. */
const wantsBefore = new Set(['AND', 'OR', '=', '<>', '!=', '<=', '>=']);

export const danglingOperator = defineRule({
  id: 'sql/dangling-operator',
  title: { en: 'Condition ends with an operator', zh: '条件以运算符结尾' },
  why: {
    en: 'Half of the condition is missing, often because the line below was commented out. The statement does not parse.',
    zh: '条件缺少一半，常见于注释掉了下一行，语句无法解析。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [
      { source: 'SELECT a FROM t WHERE a = 1 AND\n-- b = 2\nGROUP BY a;\n' },
      { source: 'SELECT a FROM t WHERE AND a = 1;\n' },
      { source: 'DELETE FROM t WHERE a = ;\n' },
    ],
    accepted: [{ source: 'SELECT a FROM t WHERE a = 1 AND b BETWEEN 1 AND 2 AND ${more};\n' }],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'statement',
  *check(statement, { complain }) {
    if (statement.directed) return;
    const clauses: readonly Clause[] = [...statement.blocks.flatMap((block) => block.clauses), ...statement.clauses];
    for (const { name, from, to } of clauses) {
      if (!conditions.has(name) || to <= from) continue;
      const [first, last] = [upperAt(statement, from), upperAt(statement, to - 1)];
      const at = wantsBefore.has(first) ? from : wantsMore.has(last) ? to - 1 : undefined;
      if (at === undefined) continue;
      yield complain({
        at: spanOf(statement, at, at + 1),
        message: { en: `One side of ${upperAt(statement, at)} is missing`, zh: `${upperAt(statement, at)} 缺少一侧的条件` },
      });
      return;
    }
  },
});
