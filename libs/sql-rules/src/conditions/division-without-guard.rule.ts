/** A division by a column that may be zero. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { clauseNames, nameEnd, spanOf, upperAt, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

const guards = new Set(['NULLIF', 'GREATEST', 'CASE', 'IF', 'IFF', 'COALESCE', 'DECODE', 'NVL', 'IFNULL']);
const guardsNear = 60;

export const divisionWithoutGuard = defineRule({
  id: 'sql/division-without-guard',
  title: { en: 'Division by what may be zero', zh: '除数可能为零' },
  why: {
    en: 'Depending on engine and setting a zero ends the job or gives NULL; either way nobody chose it.',
    zh: '除数为零时，不同引擎和参数下会报错中断或得到 NULL，结果不可控。',
  },
  severity: 'warning',
  dialects: ['generic', 'spark', 'flink', 'trino', 'postgres', 'oracle', 'hive', 'impala'],
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT amount / quantity AS price FROM t;\n' }, { source: 'SELECT SUM(a) / COUNT(b) AS x FROM t;\n' }],
    accepted: [
      { source: 'SELECT amount / NULLIF(quantity, 0) AS price, amount / 100 AS yuan FROM t;\n' },
      { source: 'SELECT CASE WHEN quantity = 0 THEN 0 ELSE amount / quantity END AS price FROM t;\n' },
      { source: 'SELECT IF(b = 0, 0, a / b) AS x FROM t;\n' },
    ],
  },
  source: 'Failed nightly jobs; no peer has it',
  visits: 'word',
  words: ['/'],
  *check({ statement, at }, { complain }) {
    const divisor = statement.tokens[at + 1];
    if (!divisor || statement.tokens[at]?.kind !== kinds.operator || !['SELECT', 'WHERE', 'HAVING'].includes(clauseNames[statement.clauseCodes[at] ?? 0] ?? ''))
      return;
    if ((divisor.kind !== kinds.word && divisor.kind !== kinds.quoted) || guards.has(divisor.upper) || guarded(statement, at)) return;
    // COUNT(*) of a group is never zero.
    if (divisor.upper === 'COUNT' && upperAt(statement, at + 3) === '*') return;
    yield complain({
      at: spanOf(statement, Math.max(0, at - 1), Math.max(at + 2, nameEnd(statement, at + 1))),
      message: { en: 'Nothing keeps this divisor from being zero', zh: '没有防止除数为零' },
      fix: { en: 'Divide by NULLIF(..., 0)', zh: '使用 NULLIF(除数, 0)' },
    });
  },
});

/** Inside a CASE or IF that stands shortly before it. */
function guarded(statement: Statement, at: number): boolean {
  let ends = 0;
  for (let before = at - 1; before >= Math.max(0, at - guardsNear); before--) {
    const word = upperAt(statement, before);
    if (word === 'END') ends += 1;
    else if (word === 'CASE' && ends > 0) ends -= 1;
    else if (word === 'CASE') return true;
    else if (['IF', 'IFF', 'NULLIF', 'TRY', 'TRY_DIVIDE'].includes(word) && (statement.pairs[before + 1] ?? -1) > at) return true;
  }
  return false;
}
