/** A parenthesis without its partner. */
import { z } from 'zod';
import { spanOf } from '../parsing/statement';
import { defineRule } from '../rule';

export const unbalancedParentheses = defineRule({
  id: 'sql/unbalanced-parentheses',
  title: { en: 'Unbalanced parentheses', zh: '括号不匹配' },
  why: { en: 'No dialect accepts it: the statement fails when it runs, in the middle of a release.', zh: '任何方言都不接受，上线执行时该语句必然失败。' },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT COUNT(DISTINCT (a) FROM t;\n' }, { source: 'SELECT a) FROM t;\n' }],
    accepted: [{ source: "SELECT f(a, (b)) FROM t WHERE c IN ('(', ')'); -- (\n" }],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'statement',
  *check(statement, { complain }) {
    const [first] = [...statement.unpaired].sort((a, b) => a - b);
    // A template's control flow may hold the other half.
    if (first === undefined || statement.directed || statement.verb === '') return;
    const opening = statement.tokens[first]?.upper === '(';
    yield complain({
      at: spanOf(statement, first, first + 1),
      message: opening
        ? { en: 'This parenthesis is never closed', zh: '此左括号没有对应的右括号' }
        : { en: 'This parenthesis closes nothing', zh: '此右括号没有对应的左括号' },
    });
  },
});
