/** A DELETE or UPDATE that no condition bounds: it hits every row. */
import { z } from 'zod';
import { kinds } from '../lexing/tokens';
import { clauseOf, nameEnd, spanOf, topLevel, upperAt, type Clause, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';
import { matchesAny, tableName } from '../tables';

const bounds = new Set(['LIMIT', 'JOIN', 'USING', 'TOP', 'PARTITION']);
const notATable = new Set(['JAR', 'JARS', 'FILE', 'FILES', 'ARCHIVE', 'ARCHIVES', 'STATISTICS', 'SYSTEM']);

export const unboundedWrite = defineRule({
  id: 'sql/unbounded-write',
  title: { en: 'DELETE or UPDATE without WHERE', zh: 'DELETE 或 UPDATE 缺少 WHERE 条件' },
  why: {
    en: 'It changes every row of the table. In a release script this is nearly always a forgotten condition, and the data is gone.',
    zh: '该语句会影响整张表。上线脚本中出现这种情况几乎都是遗漏了条件，数据将无法恢复。',
  },
  severity: 'blocker',
  options: z.strictObject({
    allowedTables: z.array(z.string()).default(['tmp_*', 'temp_*', '*_tmp', '*_temp']).describe('Tables that may be emptied; * stands for anything'),
  }),
  examples: {
    flagged: [
      { source: 'DELETE FROM dwd_orders;\n' },
      { source: 'UPDATE dim_user SET level = 1;\n' },
      { source: 'DELETE FROM dwd_orders WHERE 1 = 1;\n', note: 'A condition that is always true bounds nothing.' },
    ],
    accepted: [
      { source: "DELETE FROM dwd_orders WHERE dt = '${dt}';\n" },
      { source: 'DELETE FROM tmp_orders;\n' },
      { source: "SELECT 'DELETE FROM dwd_orders' AS text; -- DELETE FROM dwd_orders;\n", note: 'In a text or a comment it is no statement.' },
      { source: 'INSERT INTO t (a) SELECT 1 ON DUPLICATE KEY UPDATE a = 2;\n' },
      { source: 'DELETE JAR /tmp/udf.jar;\n' },
    ],
  },
  source: 'SonarSource RSPEC S1590; Bytebase STATEMENT_WHERE_REQUIRE_UPDATE_DELETE; SOAR CLA.014',
  visits: 'statement',
  *check(statement, { options, complain }) {
    const target = targetOf(statement);
    if (target === undefined || matchesAny(tableName(statement, target), options.allowedTables)) return;
    const where = clauseOf(statement, 'WHERE');
    if (where ? !alwaysTrue(statement, where) : mayBeBounded(statement, target)) return;
    const { verb } = statement;
    yield complain({
      at: spanOf(statement, statement.head, statement.tokens.length),
      message: where
        ? { en: `The condition of this ${verb} is always true: it hits every row`, zh: `该 ${verb} 的条件恒为真，会影响所有行` }
        : { en: `This ${verb} has no WHERE: it hits every row`, zh: `该 ${verb} 没有 WHERE 条件，会影响所有行` },
      fix: { en: 'Add the condition that selects the rows', zh: '补充限定数据范围的 WHERE 条件' },
    });
  },
});

/** The index where the name of the table begins. */
function targetOf(statement: Statement): number | undefined {
  const { verb, head, clauses } = statement;
  if (verb === 'UPDATE')
    return clauses.some(({ name }) => name === 'SET') && !notATable.has(upperAt(statement, head + 1))
      ? skip(statement, head + 1, ['LOW_PRIORITY', 'IGNORE', 'ONLY'])
      : undefined;
  if (verb !== 'DELETE' || notATable.has(upperAt(statement, head + 1))) return undefined;
  const from = clauseOf(statement, 'FROM');
  const target = skip(statement, from ? from.from : head + 1, ['ONLY']);
  // DELETE as the last word, or before a sign, is something else.
  return nameEnd(statement, target) > target || statement.tokens[target]?.kind === kinds.template ? target : undefined;
}

function skip(statement: Statement, from: number, words: readonly string[]): number {
  let at = from;
  while (words.includes(upperAt(statement, at))) at += 1;
  return at;
}

/** A join, a partition or a limit bounds it, and so may a placeholder that stands for a whole clause. */
function mayBeBounded(statement: Statement, target: number): boolean {
  if (statement.directed) return true;
  for (const at of topLevel(statement, statement.head + 1, statement.tokens.length)) {
    if (bounds.has(upperAt(statement, at)) && at !== target) return true;
  }
  const last = statement.tokens.length - 1;
  const alone = statement.tokens[last - 1]?.end !== statement.tokens[last]?.start;
  return statement.tokens[last]?.kind === kinds.template && alone && last >= nameEnd(statement, target) && upperAt(statement, last - 1) !== '=';
}

function alwaysTrue(statement: Statement, { from, to }: Clause): boolean {
  const words = statement.tokens.slice(from, to).map(({ start, end }) => statement.text.slice(start, Math.min(end, start + 64)).toUpperCase());
  const [left, sign, right] = words;
  return (
    (words.length === 1 && (left === 'TRUE' || left === '1')) ||
    (words.length === 3 && sign === '=' && left === right && statement.tokens[from]?.kind !== kinds.template)
  );
}
