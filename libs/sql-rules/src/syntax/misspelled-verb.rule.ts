/** A statement that begins with a word one keystroke away from a verb: `SELCT`, `DELEET`. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { spanOf } from '../parsing/statement';
import { defineRule } from '../rule';

const verbs = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'TRUNCATE', 'MERGE', 'ALTER', 'REPLACE'];
/** Real words that resemble one. */
const known = new Set([...verbs, 'UPSERT', 'RELEASE', 'ALERT', 'DELETED', 'INSERTED', 'CREATED', 'UPDATED']);

export const misspelledVerb = defineRule({
  id: 'sql/misspelled-verb',
  title: { en: 'Misspelled statement', zh: '语句关键字拼写错误' },
  why: { en: 'No engine knows the word, so the script stops here.', zh: '没有引擎认识该关键字，脚本执行到此处会中断。' },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELCT a FROM t;\n' }, { source: 'DELEET FROM t WHERE a = 1;\n' }],
    accepted: [{ source: 'SELECT a FROM t;\n' }, { source: 'UPSERT INTO t VALUES (1);\n' }],
  },
  source: 'sqlfluff PRS',
  syntax: true,
  visits: 'statement',
  *check(statement, { complain }) {
    const token = statement.tokens[statement.head];
    // One word alone, or a name before a dot or a sign, is something else.
    if (token?.kind !== kinds.word || known.has(token.upper) || statement.tokens[statement.head + 1]?.kind === kinds.operator) return;
    const meant = statement.tokens.length > 2 ? verbs.find((verb) => isOneSlipAway(token.upper, verb)) : undefined;
    if (meant === undefined) return;
    yield complain({
      at: spanOf(statement, statement.head, statement.head + 1),
      message: { en: `${token.upper} is no statement; ${meant} is`, zh: `${token.upper} 不是合法语句，应为 ${meant}` },
      fix: { en: `Write ${meant}`, zh: `改为 ${meant}` },
    });
  },
});

/** One letter missing, added or changed, or two neighbours swapped. */
function isOneSlipAway(said: string, meant: string): boolean {
  if (Math.abs(said.length - meant.length) > 1) return false;
  let at = 0;
  while (at < said.length && said[at] === meant[at]) at += 1;
  const [rest, wanted] = [said.slice(at), meant.slice(at)];
  const swapped = rest.length > 1 && rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2);
  return swapped || rest.slice(1) === wanted.slice(1) || rest === wanted.slice(1) || rest.slice(1) === wanted;
}
