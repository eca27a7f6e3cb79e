/** Tables joined by a comma. */
import { z } from 'zod';
import { clauseOf, nameEnd, spanOf, splitByComma, topLevel, upperAt, type Clause, type Statement } from '../parsing/statement';
import { defineRule } from '../rule';

const expands = new Set(['LATERAL', 'UNNEST', 'TABLE', 'JSON_TABLE', 'EXPLODE', 'FLATTEN', 'JSONB_ARRAY_ELEMENTS', 'GENERATE_SERIES']);

export const commaJoin = defineRule({
  id: 'sql/comma-join',
  title: { en: 'Tables joined by a comma', zh: '使用逗号关联表' },
  why: {
    en: 'The condition hides in WHERE, where it is lost with the next edit; without one it is a cartesian product.',
    zh: '关联条件混在 WHERE 中，修改时容易遗漏；缺少条件即为笛卡尔积。',
  },
  severity: 'warning',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT a.id FROM a, b WHERE a.id = b.id;\n' }, { source: 'SELECT a.id FROM a, b;\n' }],
    accepted: [
      { source: 'SELECT a.id FROM a JOIN b ON a.id = b.id;\n' },
      { source: 'SELECT a.id, k, v FROM a LATERAL VIEW EXPLODE(a.m) e AS k, v;\n' },
      { source: 'SELECT a.id FROM a, UNNEST(a.items) AS t (item);\n' },
      { source: 'SELECT a.id FROM a, LATERAL TABLE(f(a.x)) AS t (y);\n' },
    ],
  },
  source: 'sqlfluff CV12; SonarSource RSPEC S1741; SOAR JOI.001; Huawei MRS Hive SQL conventions',
  visits: 'query',
  *check(block, { complain }) {
    const { statement } = block;
    const from = clauseOf(block, 'FROM');
    if (!from) return;
    const [, second] = splitByComma(statement, from.from, endOfTables(statement, from)).filter(
      ([at]) => !expands.has(upperAt(statement, at)) && upperAt(statement, at + 1) !== '.',
    );
    if (!second || second[1] <= second[0] || (block.joins[0]?.at ?? second[0]) < second[0]) return;
    // A subquery or a list of values is often a single row, on purpose.
    const cartesian = !clauseOf(block, 'WHERE') && [from.from, second[0]].every((at) => nameEnd(statement, at) > at && upperAt(statement, at) !== 'VALUES');
    yield complain({
      at: spanOf(statement, second[0] - 1, second[1]),
      message: cartesian
        ? { en: 'Tables joined by a comma, without any condition', zh: '使用逗号关联且没有任何条件' }
        : { en: 'Tables joined by a comma', zh: '使用逗号关联表' },
      fix: { en: 'Write JOIN ... ON', zh: '改为 JOIN ... ON' },
      ...(cartesian ? { severity: 'error' as const } : {}),
    });
  },
});

/** Behind LATERAL VIEW commas name columns. */
function endOfTables(statement: Statement, { from, to }: Clause): number {
  for (const at of topLevel(statement, from, to)) {
    if (upperAt(statement, at) === 'LATERAL' && upperAt(statement, at + 1) === 'VIEW') return at;
  }
  return to;
}
