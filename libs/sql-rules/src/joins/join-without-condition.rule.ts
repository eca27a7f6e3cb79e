/** A join of everything with everything. */
import { z } from 'zod';
import { clauseOf, spanOf, upperAt, type Join, type QueryBlock } from '../parsing/statement';
import { defineRule } from '../rule';

/** These joins need no condition of their own, or have one by another name. */
const unconditional = new Set(['CROSS', 'NATURAL', 'ARRAY', 'PASTE', 'LATERAL']);
const expands = new Set(['LATERAL', 'UNNEST', 'TABLE', 'JSON_TABLE', 'EXPLODE']);

export const joinWithoutCondition = defineRule({
  id: 'sql/join-without-condition',
  title: { en: 'JOIN without a condition', zh: 'JOIN 缺少关联条件' },
  why: {
    en: 'Every row meets every row: two tables of a million rows make a trillion, and the cluster is busy until somebody kills the job.',
    zh: '产生笛卡尔积：两张百万行的表会产生万亿行结果，拖垮整个集群。',
  },
  severity: 'error',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'SELECT a.id FROM a JOIN b;\n' }, { source: 'SELECT a.id FROM a LEFT JOIN b WHERE a.id = 1;\n' }],
    accepted: [
      { source: 'SELECT a.id FROM a JOIN b ON a.id = b.id LEFT JOIN c USING (id);\n' },
      { source: 'SELECT a.id FROM a CROSS JOIN b;\n', note: 'Said on purpose.' },
      { source: 'SELECT a.id FROM a JOIN b JOIN c ON b.id = c.id ON a.id = b.id;\n' },
      { source: 'SELECT a.id FROM a, b WHERE a.id = b.id;\n' },
    ],
  },
  source: 'sqlfluff AM08; SonarSource RSPEC S2457; Hive hive.strict.checks.cartesian.product',
  visits: 'query',
  *check(block, { complain, dialect }) {
    const { statement, joins, conditions } = block;
    const needy = joins.filter(needsCondition);
    if (needy.length <= conditions || statement.directed) return;
    // In MySQL and ClickHouse a plain JOIN may have its condition in WHERE.
    if (
      clauseOf(block, 'WHERE') &&
      ['mysql', 'clickhouse', 'hive', 'spark', 'impala', 'generic'].includes(dialect) &&
      needy.every(({ modifiers }) => modifiers.every((word) => word === 'INNER'))
    )
      return;
    const lacking = needy.find((join) => !hasCondition(join, block)) ?? needy[0];
    if (!lacking) return;
    yield complain({
      at: spanOf(statement, lacking.at - lacking.modifiers.length, lacking.at + 2),
      message: { en: 'This JOIN has no ON and no USING', zh: '该 JOIN 没有 ON 或 USING 条件' },
      fix: { en: 'Add the condition, or write CROSS JOIN', zh: '补充关联条件，或写明 CROSS JOIN' },
    });
  },
});

function needsCondition({ at, modifiers, block: { statement } }: Join): boolean {
  return !modifiers.some((word) => unconditional.has(word)) && !expands.has(upperAt(statement, at + 1));
}

function hasCondition({ at }: Join, { joins, clauses, statement, end }: QueryBlock): boolean {
  const next = joins.find((join) => join.at > at)?.at ?? end;
  if (clauses.some(({ name, keyword }) => name === 'ON' && keyword > at && keyword < next)) return true;
  for (let index = at; index < Math.min(next, at + 200); index++) if (upperAt(statement, index) === 'USING') return true;
  return false;
}
