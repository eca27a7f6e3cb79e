/** LIMIT of something that has no order, where the result is kept. */
import { z } from 'zod';
import { clauseOf, spanOf } from '../parsing/statement';
import { defineRule } from '../rule';

export const limitWithoutOrder = defineRule({
  id: 'sql/limit-without-order',
  title: { en: 'LIMIT without ORDER BY', zh: 'LIMIT 缺少 ORDER BY' },
  why: {
    en: 'Which rows are kept is chance: the same job over the same data writes something else every time.',
    zh: '保留哪些行是随机的，相同数据重复执行会得到不同结果。',
  },
  severity: 'info',
  options: z.strictObject({}),
  examples: {
    flagged: [{ source: 'INSERT INTO t (id) SELECT id FROM s LIMIT 10;\n' }],
    accepted: [{ source: 'INSERT INTO t (id) SELECT id FROM s ORDER BY id LIMIT 10;\n' }, { source: 'SELECT id FROM s LIMIT 10;\n', note: 'Nobody keeps it.' }],
  },
  source: 'sqlfluff AM09; SonarSource RSPEC S4054; SOAR RES.002',
  visits: 'query',
  *check(block, { complain }) {
    const { statement } = block;
    const limit = clauseOf(block, 'LIMIT');
    if (!limit || clauseOf(block, 'ORDER BY') || !['INSERT', 'CREATE', 'MERGE'].includes(statement.verb)) return;
    yield complain({
      at: spanOf(statement, limit.keyword, limit.to),
      message: { en: 'Without an order the kept rows are chance', zh: '没有排序，保留的行不确定' },
    });
  },
});
